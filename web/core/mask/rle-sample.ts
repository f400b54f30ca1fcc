import type { Size } from '../geometry/spaces.ts';
import { createMask, type Mask } from './mask.ts';
import type { RunLengths } from './rle.ts';

/**
 * A small picture of a mask straight from its run lengths: the middle pixel of each cell decides,
 * so the whole mask is never drawn. Work is proportional to the runs and the target’s pixels.
 *
 * @param source size of the mask that `counts` describe
 * @param target size of the result, px; at least 1 × 1
 */
export function sampleRle(counts: RunLengths, source: Size, target: Size): Mask {
  const mask = createMask(target.width, target.height);
  let index = 0;
  let start = 0;
  for (let x = 0; x < target.width; x += 1) {
    const column = Math.floor(((x + 0.5) * source.width) / target.width) * source.height;
    // In a larger target a column is read again, from its top.
    while (start > column) {
      index -= 1;
      start -= counts[index];
    }
    for (let y = 0; y < target.height; y += 1) {
      const position = column + Math.floor(((y + 0.5) * source.height) / target.height);
      while (index < counts.length && position >= start + counts[index]) {
        start += counts[index];
        index += 1;
      }
      if (index < counts.length && index % 2 === 1) mask.data[y * target.width + x] = 1;
    }
  }
  return mask;
}
