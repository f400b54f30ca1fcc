import type { Size } from '../geometry/spaces.ts';
import type { RunLengths } from './rle.ts';

/**
 * How many pixels of the picture's outermost rows and columns are inside a mask, from its run
 * lengths alone; a corner counts once. The whole border has 2 · (width + height) − 4.
 */
export function rleBorderPixels(counts: RunLengths, { width, height }: Size): number {
  const lastColumn = (width - 1) * height;
  let pixels = 0;
  let position = 0;
  counts.forEach((length, index) => {
    const end = position + length;
    if (index % 2 === 1) {
      pixels += overlap(position, end, 0, height);
      if (width > 1) pixels += overlap(position, end, lastColumn, lastColumn + height);
      // Columns between the two: their first and last pixels.
      const from = Math.max(position, height);
      const to = Math.min(end, lastColumn);
      pixels += multiples(from, to, height, 0);
      if (height > 1) pixels += multiples(from, to, height, height - 1);
    }
    position = end;
  });
  return pixels;
}

function overlap(from: number, to: number, start: number, end: number): number {
  return Math.max(0, Math.min(to, end) - Math.max(from, start));
}

/** How many of from … to − 1 leave `rest` when divided by `step`. */
function multiples(from: number, to: number, step: number, rest: number): number {
  if (to <= from) return 0;
  const upTo = (end: number) => Math.floor((end - 1 - rest) / step) + 1;
  return Math.max(0, upTo(to) - upTo(from));
}
