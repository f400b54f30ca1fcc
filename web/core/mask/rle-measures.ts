import type { PixelRect } from './bounds.ts';
import type { RunLengths } from './rle.ts';

/** Pixels inside a mask, from its run lengths alone. */
export function rleArea(counts: RunLengths): number {
  let area = 0;
  for (let i = 1; i < counts.length; i += 2) area += counts[i];
  return area;
}

/**
 * The smallest rectangle that holds the mask, from its run lengths alone; null when it is empty.
 * A run that goes on in the next column holds the last pixel of one column and the first of
 * another, so it spans the whole height.
 *
 * @param height of the mask: runs are read column by column
 */
export function rleBounds(counts: RunLengths, height: number): PixelRect | null {
  let x0 = Number.POSITIVE_INFINITY;
  let y0 = height;
  let x1 = 0;
  let y1 = 0;
  let position = 0;
  counts.forEach((length, i) => {
    if (i % 2 === 1 && length > 0) {
      const last = position + length - 1;
      const left = Math.floor(position / height);
      const right = Math.floor(last / height);
      x0 = Math.min(x0, left);
      x1 = Math.max(x1, right + 1);
      y0 = Math.min(y0, left < right ? 0 : position % height);
      y1 = Math.max(y1, left < right ? height : (last % height) + 1);
    }
    position += length;
  });
  return x1 === 0 ? null : { x0, y0, x1, y1 };
}
