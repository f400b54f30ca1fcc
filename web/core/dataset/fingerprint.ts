import type { OutputSettings } from '../export/recipe.ts';
import type { Template } from './template.ts';

/**
 * Everything that decides the bytes of a variant, as text: the same text means the same bytes.
 * The reference photo does not enter it, since it only lends coordinates.
 *
 * @param pixels version of the edit semantics; raised when an edit would give other bytes
 */
export function variantFingerprint(
  photo: string,
  template: Template,
  output: Pick<OutputSettings, 'format' | 'quality'>,
  modelHash: string,
  pixels = 1,
): string {
  const { name, placement, components } = template;
  return JSON.stringify([
    pixels,
    photo,
    modelHash,
    name,
    placement,
    components.map(({ name, prompts, edits }) => [
      name,
      placement === 'same-place' ? prompts : null,
      edits,
    ]),
    output.format,
    output.format === 'png' ? null : output.quality,
  ]);
}
