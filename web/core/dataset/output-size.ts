import type { Size } from '../geometry/spaces.ts';

/**
 * The size in which a variant of a photo is written: the photo's own, or the largest of its shape
 * whose longer side is `maxSide` px. Never larger than the photo; at least one pixel a side.
 *
 * @param maxSide px; null for the photo's own size
 */
export function outputSize({ width, height }: Size, maxSide: number | null): Size {
  const longer = Math.max(width, height);
  if (maxSide === null || longer <= maxSide) return { width, height };
  const side = (length: number) => Math.max(1, Math.floor((length * maxSide) / longer + 0.5));
  return { width: side(width), height: side(height) };
}
