import { isOpaque } from './opaque.ts';
import { quickResize } from './quick-resize.ts';
import { createRaster, type Raster } from './raster.ts';
import { resizeOpaque } from './resize-opaque.ts';
import { type Taps, triangleTaps } from './triangle-taps.ts';

export interface ResizeOptions {
  /**
   * When shrinking, widen the triangle filter by the scale so every source pixel counts (Pillow's
   * `BILINEAR`, torch's `antialias=True`): for thumbnails, previews and smaller outputs. Off, two
   * pixels a side are read whatever the scale (torch's `antialias=False`). When growing there is
   * no difference.
   */
  readonly antialias: boolean;
}

/** One output row before the horizontal pass: colours times alpha, and alpha, 0…255. */
function blendRows(
  { width, data }: Raster,
  first: number,
  weights: Float64Array,
  row: Float64Array,
): void {
  row.fill(0);
  weights.forEach((weight, k) => {
    const start = (first + k) * width * 4;
    for (let i = 0; i < row.length; i += 4) {
      const alpha = weight * data[start + i + 3];
      const share = alpha / 255;
      row[i] += share * data[start + i];
      row[i + 1] += share * data[start + i + 1];
      row[i + 2] += share * data[start + i + 2];
      row[i + 3] += alpha;
    }
  });
}

/** The horizontal pass, back to straight alpha, rounded half up. */
function blendColumns(row: Float64Array, taps: Taps, out: Uint8ClampedArray, start: number): void {
  taps.weights.forEach((weights, x) => {
    let r = 0;
    let g = 0;
    let b = 0;
    let alpha = 0;
    let at = taps.first[x] * 4;
    for (let k = 0; k < weights.length; k += 1, at += 4) {
      r += weights[k] * row[at];
      g += weights[k] * row[at + 1];
      b += weights[k] * row[at + 2];
      alpha += weights[k] * row[at + 3];
    }
    if (alpha === 0) return;
    const straight = 255 / alpha;
    out[start + x * 4] = Math.floor(r * straight + 0.5);
    out[start + x * 4 + 1] = Math.floor(g * straight + 0.5);
    out[start + x * 4 + 2] = Math.floor(b * straight + 0.5);
    out[start + x * 4 + 3] = Math.floor(alpha + 0.5);
  });
}

/**
 * Resizes by bilinear interpolation in float64. Colours are weighted by their alpha, so what is
 * transparent lends no colour to its neighbours; fully transparent results are all zero. Unlike
 * Pillow, nothing is rounded between the passes, so results can differ from it by one level.
 * The same size returns a copy.
 * @throws RangeError when a side is not a positive whole number
 */
export function resizeBilinear(
  raster: Raster,
  width: number,
  height: number,
  { antialias }: ResizeOptions,
): Raster {
  const result = createRaster(width, height);
  if (width === raster.width && height === raster.height) {
    result.data.set(raster.data);
    return result;
  }
  const down = triangleTaps(raster.height, height, antialias);
  const across = triangleTaps(raster.width, width, antialias);
  if (isOpaque(raster)) {
    if (!quickResize(raster, down, across, result)) resizeOpaque(raster, down, across, result);
    return result;
  }
  const row = new Float64Array(raster.width * 4);
  down.weights.forEach((weights, y) => {
    blendRows(raster, down.first[y], weights, row);
    blendColumns(row, across, result.data, y * width * 4);
  });
  return result;
}
