import type { Raster } from './raster.ts';
import type { Taps } from './triangle-taps.ts';

/**
 * The passes of `resizeBilinear` for a picture without transparency, as photos are: nothing to
 * weight by.
 */
export function resizeOpaque(raster: Raster, down: Taps, across: Taps, result: Raster): void {
  const row = new Float64Array(raster.width * 4);
  for (let y = 0; y < result.height; y += 1) {
    blendRows(raster, down.first[y], down.weights[y], row);
    blendColumns(row, across, result.data, y * result.width * 4);
  }
}

/** One output row before the horizontal pass: colours, 0…255, four numbers a pixel. */
function blendRows(
  { width, data }: Raster,
  first: number,
  weights: Float64Array,
  row: Float64Array,
): void {
  row.fill(0);
  for (let k = 0; k < weights.length; k += 1) {
    const weight = weights[k];
    const start = (first + k) * width * 4;
    for (let i = 0; i < row.length; i += 4) {
      row[i] += weight * data[start + i];
      row[i + 1] += weight * data[start + i + 1];
      row[i + 2] += weight * data[start + i + 2];
    }
  }
}

/** The horizontal pass, rounded half up. */
function blendColumns(row: Float64Array, taps: Taps, out: Uint8ClampedArray, start: number): void {
  for (let x = 0; x < taps.weights.length; x += 1) {
    const weights = taps.weights[x];
    let r = 0;
    let g = 0;
    let b = 0;
    let at = taps.first[x] * 4;
    for (let k = 0; k < weights.length; k += 1, at += 4) {
      const weight = weights[k];
      r += weight * row[at];
      g += weight * row[at + 1];
      b += weight * row[at + 2];
    }
    out[start + x * 4] = Math.floor(r + 0.5);
    out[start + x * 4 + 1] = Math.floor(g + 0.5);
    out[start + x * 4 + 2] = Math.floor(b + 0.5);
    out[start + x * 4 + 3] = 255;
  }
}
