/**
 * Reach of the kernel in pixels: four standard deviations, as `scipy.ndimage.gaussian_filter`
 * truncates by default. What is cut off weighs 6e-6 of the whole.
 */
export const BLUR_RADIUS = 4;

/** exp(−k²/2) for k = 0…4, written out because `Math.exp` may differ between engines. */
const BELL = [
  1, 0.6065306597126334, 0.1353352832366127, 0.011108996538242306, 0.00033546262790251185,
];
const TOTAL = BELL[0] + 2 * (BELL[1] + BELL[2] + BELL[3] + BELL[4]);

/** One dimension of the Gaussian with σ = 1 px: weights of offsets −4…4, sum 1. */
export const BLUR_WEIGHTS: Float64Array = Float64Array.from(
  { length: 2 * BLUR_RADIUS + 1 },
  (_, i) => BELL[Math.abs(i - BLUR_RADIUS)] / TOTAL,
);

/**
 * Reflects an index into 0…size − 1 with the edge pixel repeated (d c b a | a b c d | d c b a):
 * scipy's `reflect`, OpenCV's `BORDER_REFLECT`.
 */
export function reflect(index: number, size: number): number {
  const period = 2 * size;
  const i = ((index % period) + period) % period;
  return i < size ? i : period - 1 - i;
}

/**
 * The blurred value at one pixel: the nine values under the kernel, each of them blurred down its
 * column. The order of the sums is part of the definition, so that whoever keeps to it gets the
 * same bits: from the farthest pair of neighbours to the middle, columns before the row.
 */
export function gaussianAt(
  x: number,
  y: number,
  width: number,
  height: number,
  read: (x: number, y: number) => number,
): number {
  return weighted((dx) => {
    const column = reflect(x + dx, width);
    return weighted((dy) => read(column, reflect(y + dy, height)));
  });
}

function weighted(at: (offset: number) => number): number {
  let sum = 0;
  for (let offset = BLUR_RADIUS; offset > 0; offset -= 1) {
    sum += BLUR_WEIGHTS[BLUR_RADIUS - offset] * (at(-offset) + at(offset));
  }
  return sum + BLUR_WEIGHTS[BLUR_RADIUS] * at(0);
}
