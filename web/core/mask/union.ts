import { createMask, type Mask } from './mask.ts';

/**
 * The pixels that are in any of `masks`. One mask is returned as it is, not copied.
 * @throws RangeError when there is none, or their sizes differ.
 */
export function unionOf(masks: readonly Mask[]): Mask {
  const [first, ...rest] = masks;
  if (!first) throw new RangeError('A union needs at least one mask.');
  if (rest.length === 0) return first;
  const union = createMask(first.width, first.height, first.data.slice());
  for (const { width, height, data } of rest) {
    if (width !== first.width || height !== first.height) {
      throw new RangeError(
        `Masks of ${first.width} × ${first.height} and ${width} × ${height} have no union.`,
      );
    }
    for (let i = 0; i < data.length; i++) union.data[i] |= data[i];
  }
  return union;
}
