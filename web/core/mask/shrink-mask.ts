import type { Size } from '../geometry/spaces.ts';
import { createMask, type Mask } from './mask.ts';

/** For every output position along one axis: the first input position, and whole-number weights. */
interface Shares {
  readonly first: number;
  readonly weights: readonly number[];
}

/** How much of each input cell lies in each output cell, in units of 1/`to` of an input cell. */
function sharesOf(from: number, to: number): Shares[] {
  return Array.from({ length: to }, (_, i) => {
    const start = i * from;
    const end = start + from;
    const first = Math.floor(start / to);
    const weights: number[] = [];
    for (let cell = first; cell * to < end; cell += 1) {
      weights.push(Math.min(end, (cell + 1) * to) - Math.max(start, cell * to));
    }
    return { first, weights };
  });
}

/**
 * A mask in a smaller size: a pixel is inside when at least half of the area it covers is (box
 * filter, threshold ½). Whole numbers throughout, so it is exact everywhere; the area is kept to
 * within the pixels that the outline crosses. What is thinner than half an output pixel is lost.
 *
 * @param size px, no side larger than the mask's
 * @returns the same mask when the size is the same
 */
export function shrinkMask(mask: Mask, { width, height }: Size): Mask {
  if (width === mask.width && height === mask.height) return mask;
  const across = sharesOf(mask.width, width);
  const down = sharesOf(mask.height, height);
  const whole = mask.width * mask.height;
  const small = createMask(width, height);
  const column = new Float64Array(mask.width);
  down.forEach((rows, y) => {
    column.fill(0);
    rows.weights.forEach((weight, k) => {
      const start = (rows.first + k) * mask.width;
      for (let x = 0; x < mask.width; x += 1) column[x] += weight * mask.data[start + x];
    });
    across.forEach(({ first, weights }, x) => {
      let inside = 0;
      for (let k = 0; k < weights.length; k += 1) inside += weights[k] * column[first + k];
      small.data[y * width + x] = 2 * inside >= whole ? 1 : 0;
    });
  });
  return small;
}
