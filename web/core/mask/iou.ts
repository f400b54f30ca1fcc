import type { Mask } from './mask.ts';

/**
 * Intersection over union, 0…1. Two empty masks agree: 1.
 * @throws RangeError when the masks differ in size
 */
export function maskIou(a: Mask, b: Mask): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `Masks of one size are compared, got ${a.width} × ${a.height} and ${b.width} × ${b.height}.`,
    );
  }
  let intersection = 0;
  let union = 0;
  for (let i = 0; i < a.data.length; i += 1) {
    intersection += a.data[i] & b.data[i];
    union += a.data[i] | b.data[i];
  }
  return union === 0 ? 1 : intersection / union;
}
