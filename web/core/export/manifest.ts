import type { Photo } from '../dataset/photo.ts';
import type { VariantToMake } from '../dataset/tasks.ts';
import { componentId, sampleCount, type Template } from '../dataset/template.ts';
import { type DoneVariant, sizeOf, type Variant } from '../dataset/variant.ts';
import { describeVariantProblem } from '../dataset/variant-text.ts';
import { EDIT_RANGES, type Edits } from '../edits/edits.ts';
import { layerSeed, seedToHex } from '../edits/seed.ts';
import type { Tier } from '../segmentation/tiers.ts';
import type { Split } from './annotations/splits.ts';
import { type ArchiveNames, itemStem } from './archive-names.ts';
import type { OutputSettings } from './recipe.ts';

/** What made the masks. */
export interface ModelRecord {
  readonly id: string;
  readonly encoderSha256: string;
  readonly decoderSha256: string;
  /** How thoroughly photos were encoded. */
  readonly tier: Tier;
  /** Such as `onnxruntime-web 1.30.0, wasm`. */
  readonly backend: string;
}

/** One sample of a photo × template with what there is of it. */
export interface ManifestItem extends VariantToMake {
  readonly variant: Variant | undefined;
}

/** `variants/TEMPLATE/STEM.EXT` */
export function variantPath(names: ArchiveNames, item: ManifestItem, format: string): string {
  return `variants/${names.folder.get(item.template.id)}/${itemStem(names, item)}.${format}`;
}

/** `masks/TEMPLATE/STEM.png` */
export function maskPath(names: ArchiveNames, item: ManifestItem): string {
  return `masks/${names.folder.get(item.template.id)}/${itemStem(names, item)}.png`;
}

function sourceOf(photo: Photo) {
  return {
    file: photo.folder ? `${photo.folder}/${photo.name}` : photo.name,
    sha256: photo.hash,
    width: photo.width,
    height: photo.height,
  };
}

/** Which template, and which of its samples (from 1, as in the file's name) if it makes several. */
function placeOf({ template, sample }: ManifestItem) {
  return {
    template: template.name,
    ...(sampleCount(template) > 1 && { sample: sample + 1 }),
  };
}

/** Ranges as they were drawn. As in a recipe, an absent edit is neutral. */
function withoutNeutral(edits: Edits): Partial<Edits> {
  const changed = EDIT_RANGES.filter(({ name, neutral }) => edits[name] !== neutral);
  return Object.fromEntries(changed.map(({ name }) => [name, edits[name]]));
}

function doneEntry(
  item: ManifestItem,
  variant: DoneVariant,
  names: ArchiveNames,
  output: OutputSettings,
  splits: ReadonlyMap<string, Split>,
) {
  return {
    source: sourceOf(item.photo),
    ...placeOf(item),
    status: 'done',
    split: splits.get(item.photo.hash),
    variant: {
      file: variantPath(names, item, variant.format),
      sha256: variant.imageSha256,
      bytes: variant.imageBytes,
      ...sizeOf(variant, item.photo),
    },
    mask: output.masks
      ? { file: maskPath(names, item), sha256: variant.maskSha256, bytes: variant.maskBytes }
      : null,
    components: variant.components.map(({ name, area, score }, index) => {
      const id = componentId(item.template, { name }, item.sample);
      return {
        name,
        area,
        score,
        edits: withoutNeutral(item.edits[index]),
        noiseSeed: seedToHex(layerSeed(id, area, item.photo.hash)),
      };
    }),
  };
}

/**
 * The archive's `manifest.json` as a value: what is in the archive, what it was made from, by
 * what, and what is missing and why. It holds no time and no place, so that the same project
 * gives the same bytes.
 */
export function makeManifest(
  items: readonly ManifestItem[],
  templates: readonly Template[],
  names: ArchiveNames,
  output: OutputSettings,
  splits: ReadonlyMap<string, Split>,
  model: ModelRecord,
  appVersion: string,
) {
  const done = items.filter(({ variant }) => variant?.status === 'done').length;
  return {
    maskwright: 1,
    app: appVersion,
    model,
    recipe: 'recipe.json',
    output,
    counts: { done, failed: items.length - done },
    templates: templates.map((template) => ({
      name: template.name,
      class: template.className,
      placement: template.placement,
      folder: names.folder.get(template.id),
      reference: template.reference,
      components: template.components,
      ...(sampleCount(template) > 1 && { count: sampleCount(template) }),
    })),
    items: items.map((item) => {
      const { variant } = item;
      if (variant?.status === 'done') return doneEntry(item, variant, names, output, splits);
      return {
        source: sourceOf(item.photo),
        ...placeOf(item),
        status: variant ? 'failed' : 'not-made',
        reason: variant
          ? describeVariantProblem(variant.problem, item.photo.name).message
          : 'Not generated yet.',
      };
    }),
  };
}

export type Manifest = ReturnType<typeof makeManifest>;
