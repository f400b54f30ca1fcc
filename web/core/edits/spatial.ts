import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { clamp01 } from './clamp.ts';
import type { EditContext } from './context.ts';
import type { Edits } from './edits.ts';
import { BLUR_RADIUS, gaussianAt } from './gaussian-blur.ts';
import { noiseSource } from './noise.ts';
import { rowReader, rowWindow, sharpenRow, WINDOW_ROWS } from './row-window.ts';

/** Above what the separable blur and the 9 × 9 sum can differ by, in 1/255 (they reach 1e-12). */
const ROUNDING_DOUBT = 1e-9;

/** Adds noise to one row of RGB values: `pixel` is the index of the first, in image order. */
type NoiseAdder = (values: Float64Array, pixel: number) => void;

function noiseAdder({ noise: sigma }: Edits, { seed, grayscale }: EditContext): NoiseAdder | null {
  if (sigma === 0) return null;
  const sample = noiseSource(seed);
  const samples = new Float64Array(3);
  const green = grayscale ? 0 : 1;
  const blue = grayscale ? 0 : 2;
  return (values, pixel) => {
    for (let i = 0; i < values.length; i += 3) {
      sample(pixel + i / 3, samples);
      values[i] = clamp01(values[i] + sigma * samples[0]);
      values[i + 1] = clamp01(values[i + 1] + sigma * samples[green]);
      values[i + 2] = clamp01(values[i + 2] + sigma * samples[blue]);
    }
  };
}

/**
 * A layer with sharpen or noise, row by row: memory is eighteen rows of the mask's bounding box,
 * whatever the image. Changes `bytes` (RGBA) in place; rows are read four rows before they are
 * written, so sharpening sees what the layer received.
 *
 * The blur is separable. Where its last bits could decide a rounding, the pixel is summed again
 * as the reference sums it, so the bytes are the reference's.
 */
export function applySpatial(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  edits: Edits,
  context: EditContext,
): void {
  const { width, height, data: inside } = mask;
  const { sharpen, opacity } = edits;
  const reach = sharpen === 0 ? 0 : BLUR_RADIUS;
  const read = rowReader(bytes, mask, box, reach, edits, context.grayscale);
  const window = sharpen === 0 ? null : rowWindow(read, box, height);
  const addNoise = noiseAdder(edits, context);
  const values = new Float64Array((box.x1 - box.x0) * 3);
  const kept = Float64Array.from({ length: 256 }, (_, byte) => (1 - opacity) * (byte / 255));
  const doubt = window ? ROUNDING_DOUBT : 0;

  const summedAgain = (x: number, y: number): Float64Array => {
    const pixel = Float64Array.from([0, 1, 2], (channel) => {
      const at = (column: number, row: number) =>
        window?.edited[row % WINDOW_ROWS][(column - box.x0 + reach) * 3 + channel] ?? 0;
      const v = at(x, y);
      return clamp01(v + sharpen * (v - gaussianAt(x, y, width, height, at)));
    });
    addNoise?.(pixel, y * width + x);
    return pixel;
  };

  for (let y = box.y0; y < box.y1; y += 1) {
    const first = y * width + box.x0;
    if (window) sharpenRow(window, y, height, sharpen, values);
    else read(y, values);
    addNoise?.(values, first);
    for (let i = 0; i < values.length; i += 3) {
      const pixel = first + i / 3;
      if (inside[pixel] === 0) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        const at = pixel * 4 + channel;
        const byte = bytes[at];
        let level = (kept[byte] + opacity * values[i + channel]) * 255 + 0.5;
        const fraction = level - (level | 0);
        if (fraction < doubt || fraction > 1 - doubt) {
          level = (kept[byte] + opacity * summedAgain(box.x0 + i / 3, y)[channel]) * 255 + 0.5;
        }
        bytes[at] = level;
      }
    }
  }
}
