import type { Edits } from '../edits/edits.ts';
import type { OutputSettings } from '../export/recipe.ts';
import { outputSize } from './output-size.ts';
import type { Photo } from './photo.ts';
import type { Template } from './template.ts';

interface Fingerprinted {
  readonly photo: Pick<Photo, 'hash' | 'width' | 'height'>;
  readonly template: Template;
  readonly sample: number;
  readonly edits: readonly Edits[];
}

/**
 * Everything that decides the bytes of a variant, as text: the same text means the same bytes.
 * Ranges enter it drawn, so their seeds need not. The reference photo does not, since it only
 * lends coordinates. Settings that came after the first version enter only where they are used:
 * what was made before them is still up to date.
 *
 * @param pixels version of the edit semantics; raised when an edit would give other bytes
 */
export function variantFingerprint(
  { photo, template, sample, edits }: Fingerprinted,
  output: Pick<OutputSettings, 'format' | 'quality' | 'maxSide' | 'effort' | 'lossless'>,
  modelHash: string,
  pixels = 1,
): string {
  const { name, placement, components } = template;
  return JSON.stringify([
    pixels,
    photo.hash,
    modelHash,
    name,
    placement,
    components.map(({ name, prompts }, index) => [
      name,
      placement === 'same-place' ? prompts : null,
      edits[index],
    ]),
    output.format,
    isLossy(output) ? output.quality : null,
    ...laterSettings(photo, template, sample, output),
  ]);
}

function isLossy({ format, lossless }: Pick<OutputSettings, 'format' | 'lossless'>): boolean {
  return format === 'jpg' || (format === 'webp' && !lossless);
}

function laterSettings(
  photo: Fingerprinted['photo'],
  { placement, given }: Template,
  sample: number,
  { format, maxSide, effort, lossless }: Parameters<typeof variantFingerprint>[1],
): readonly object[] {
  const { width, height } = outputSize(photo, maxSide);
  const later = {
    ...(placement === 'given-masks' && { given: given?.[photo.hash] }),
    ...(sample > 0 && { sample }),
    ...(width !== photo.width || height !== photo.height ? { width, height } : {}),
    ...(format !== 'png' && effort !== 'balanced' && { effort }),
    ...(format === 'webp' && lossless && { lossless }),
  };
  return Object.keys(later).length > 0 ? [later] : [];
}
