import type { ImagePoint } from '../geometry/spaces.ts';
import { maskBounds, type PixelRect } from './bounds.ts';
import type { Mask } from './mask.ts';

/** Squared distances of the pixels of `box`, row-major; 0 for pixels outside the mask. */
export interface DistanceField {
  readonly box: PixelRect;
  readonly squared: Int32Array;
}

/**
 * In every column of the box, the distance down or up to the nearest pixel outside the mask. The
 * row above and the row below the box are outside: beyond the mask's bounds, or the image.
 */
function columnDistances({ width, data }: Mask, box: PixelRect): Int32Array {
  const columns = box.x1 - box.x0;
  const rows = box.y1 - box.y0;
  const distances = new Int32Array(columns * rows);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = y * columns + x;
      if (data[(y + box.y0) * width + x + box.x0] === 0) distances[at] = 0;
      else distances[at] = y === 0 ? 1 : distances[at - columns] + 1;
    }
  }
  for (let y = rows - 1; y >= 0; y -= 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = y * columns + x;
      const below = y === rows - 1 ? 0 : distances[at + columns];
      if (distances[at] > below + 1) distances[at] = below + 1;
    }
  }
  return distances;
}

/**
 * Lower envelope of the parabolas (x − q)² + f(q)² over one row, with f = 0 just left and right of
 * it, into `envelope`. `sites` and `starts` are room for the parabolas, two more than the row has
 * pixels.
 */
function rowEnvelope(
  line: Int32Array,
  sites: Int32Array,
  starts: Float64Array,
  envelope: Int32Array,
): void {
  const n = line.length;
  const height = (q: number) => (q === -1 || q === n ? 0 : line[q] * line[q]);
  let last = 0;
  sites[0] = -1;
  starts[0] = Number.NEGATIVE_INFINITY;
  for (let q = 0; q <= n; q += 1) {
    const own = height(q) + q * q;
    let start: number;
    for (;;) {
      const p = sites[last];
      start = (own - (height(p) + p * p)) / (2 * (q - p));
      if (start > starts[last]) break;
      last -= 1;
    }
    last += 1;
    sites[last] = q;
    starts[last] = start;
  }
  for (let x = n - 1; x >= 0; x -= 1) {
    while (starts[last] > x) last -= 1;
    const p = sites[last];
    envelope[x] = (x - p) * (x - p) + height(p);
  }
}

/**
 * Exact squared Euclidean distance, between pixel centres, from every pixel of the mask to the
 * nearest pixel outside; beyond the image counts as outside. Null for an empty mask.
 * P. F. Felzenszwalb, D. P. Huttenlocher, "Distance transforms of sampled functions", Theory of
 * Computing 8 (2012), doi:10.4086/toc.2012.v008a019. Linear in the area of the mask's bounds.
 */
export function distanceField(mask: Mask): DistanceField | null {
  const box = maskBounds(mask);
  if (!box) return null;
  const columns = box.x1 - box.x0;
  const vertical = columnDistances(mask, box);
  const squared = new Int32Array(vertical.length);
  const sites = new Int32Array(columns + 2);
  const starts = new Float64Array(columns + 2);
  for (let at = 0; at < squared.length; at += columns) {
    const end = at + columns;
    rowEnvelope(vertical.subarray(at, end), sites, starts, squared.subarray(at, end));
  }
  return { box, squared };
}

/**
 * The centre of the pixel that is farthest from everything outside the mask, the first such pixel
 * in row order; null for an empty mask. Where a simulated click goes.
 */
export function deepestPoint(mask: Mask): ImagePoint | null {
  const field = distanceField(mask);
  if (!field) return null;
  const { box, squared } = field;
  let best = 0;
  for (let at = 1; at < squared.length; at += 1) {
    if (squared[at] > squared[best]) best = at;
  }
  const columns = box.x1 - box.x0;
  return { x: box.x0 + (best % columns) + 0.5, y: box.y0 + Math.floor(best / columns) + 0.5 };
}
