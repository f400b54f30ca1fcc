import type { EditLayer } from '../edits/apply.ts';
import { createDraw } from '../edits/draw.ts';
import type { Edits } from '../edits/edits.ts';
import type { OutputSettings } from '../export/recipe.ts';
import type { Mask } from '../mask/mask.ts';
import { variantFingerprint } from './fingerprint.ts';
import type { Photo } from './photo.ts';
import { componentId, coversPhoto, sampleCount, type Template } from './template.ts';

/** One variant to make: a photo, a template, and which of the template's samples. */
export interface VariantToMake {
  readonly photo: Photo;
  readonly template: Template;
  /** From 0, below `sampleCount(template)`. */
  readonly sample: number;
  /** What is done here, ranges drawn: one per component of the template, in its order. */
  readonly edits: readonly Edits[];
}

/** The same with the key that names its result: a hash of its fingerprint. */
export interface VariantTask extends VariantToMake {
  readonly key: string;
}

/**
 * Draws a template's ranges, given the SHA-256 of a photo's file in hex.
 * @returns per sample, per component
 */
function createSampler(
  template: Template,
  { seed }: Pick<OutputSettings, 'seed'>,
): (photo: string) => Edits[][] {
  const count = sampleCount(template);
  const draws = template.components.map((component) =>
    createDraw(component.edits, count, {
      seed,
      shuffle: template.shuffle ?? 0,
      componentId: componentId(template, component),
    }),
  );
  return (photo) => {
    const parts = draws.map((draw) => draw(photo));
    return Array.from({ length: count }, (_, sample) => parts.map((edits) => edits[sample]));
  };
}

/** The same for one photo. */
export function samplesOf(
  photo: Pick<Photo, 'hash'>,
  template: Template,
  output: Pick<OutputSettings, 'seed'>,
): Edits[][] {
  return createSampler(template, output)(photo.hash);
}

/**
 * Everything a project makes: photos × templates × samples, in this order, each with the text whose
 * hash is its key. No two are alike.
 *
 * @param modelHash names the model that makes the masks
 */
export function planVariants(
  photos: readonly Photo[],
  templates: readonly Template[],
  output: OutputSettings,
  modelHash: string,
): (VariantToMake & { readonly fingerprint: string })[] {
  const samplers = templates.map((template) => ({
    template,
    draw: createSampler(template, output),
  }));
  return photos.flatMap((photo) =>
    samplers
      .filter(({ template }) => coversPhoto(template, photo))
      .flatMap(({ template, draw }) =>
        draw(photo.hash).map((edits, sample) => {
          const variant = { photo, template, sample, edits };
          return { ...variant, fingerprint: variantFingerprint(variant, output, modelHash) };
        }),
      ),
  );
}

/**
 * What is done to the photo's pixels, in order.
 * @param masks one per component, in the photo's size
 */
export function layersOf(
  { template, sample, edits }: Pick<VariantToMake, 'template' | 'sample' | 'edits'>,
  masks: readonly Mask[],
): EditLayer[] {
  return template.components.map((component, index) => ({
    mask: masks[index],
    edits: edits[index],
    componentId: componentId(template, component, sample),
  }));
}
