import type { Mask } from '../mask/mask.ts';
import { createRaster, type Raster } from '../raster/raster.ts';
import { clamp01 } from './clamp.ts';
import type { EditContext } from './context.ts';
import type { Edits } from './edits.ts';
import { gaussianAt } from './gaussian-blur.ts';
import { noiseSource } from './noise.ts';

type Rgb = readonly [number, number, number];

/** Hue in sextants (60°), from red; chroma must not be zero. A. R. Smith, SIGGRAPH 1978. */
function hueOf([r, g, b]: Rgb, max: number, chroma: number): number {
  if (max === r) return (g - b) / chroma;
  if (max === g) return 2 + (b - r) / chroma;
  return 4 + (r - g) / chroma;
}

/**
 * Turns the hue. Value and saturation stay, so the largest and the smallest channel keep their
 * numbers exactly and change places; only the middle one is computed.
 */
function turnHue(rgb: Rgb, degrees: number): Rgb {
  const max = Math.max(...rgb);
  const min = Math.min(...rgb);
  const chroma = max - min;
  if (chroma === 0) return rgb;
  let hue = hueOf(rgb, max, chroma) + (degrees < 0 ? degrees + 360 : degrees) / 60;
  if (hue < 0) hue += 6;
  if (hue >= 6) hue -= 6;
  const sextant = Math.floor(hue);
  const rise = hue - sextant;
  const middle = Math.min(max, min + chroma * (sextant % 2 === 0 ? rise : 1 - rise));
  const turned: readonly Rgb[] = [
    [max, middle, min],
    [middle, max, min],
    [min, max, middle],
    [min, middle, max],
    [middle, min, max],
    [max, min, middle],
  ];
  return turned[sextant];
}

/**
 * Multiplies HSV saturation (chroma ÷ largest channel) by `factor`, at most to 1. Hue and value
 * stay, so every distance to the largest channel grows alike.
 */
function saturate(rgb: Rgb, factor: number): Rgb {
  const max = Math.max(...rgb);
  const chroma = max - Math.min(...rgb);
  if (chroma === 0) return rgb;
  const stretch = chroma * factor > max ? max / chroma : factor;
  const [r, g, b] = rgb.map((v) => clamp01(max - (max - v) * stretch));
  return [r, g, b];
}

function editPixel(rgb: Rgb, edits: Edits, grayscale: boolean): Rgb {
  const toned = rgb.map((byte) => {
    let v = byte;
    if (edits.brightness !== 0) v = clamp01(v + edits.brightness);
    if (edits.contrast !== 0) v = clamp01((v - 0.5) * (1 + edits.contrast) + 0.5);
    if (edits.gamma !== 0) v = clamp01(v ** (1 / (1 + edits.gamma)));
    return v;
  });
  let result: Rgb = [toned[0], toned[1], toned[2]];
  if (edits.hue !== 0 && !grayscale) result = turnHue(result, edits.hue);
  if (edits.saturation !== 0 && !grayscale) result = saturate(result, 1 + edits.saturation);
  return result;
}

/**
 * The meaning of the eight edits, written for reading: float64, one step after another over the
 * whole picture, nothing fused. Tests hold `applyEdits` to it. `docs/edits.md` is its prose.
 *
 * @param raster what the layer received; not changed
 * @throws RangeError when raster and mask differ in size
 */
export function applyEditsReference(
  raster: Raster,
  mask: Mask,
  edits: Edits,
  { seed, grayscale }: EditContext,
): Raster {
  const { width, height, data } = raster;
  if (mask.width !== width || mask.height !== height) {
    throw new RangeError(
      `The mask is ${mask.width} × ${mask.height}, the raster ${width} × ${height}.`,
    );
  }
  const source = Float64Array.from(data, (byte) => byte / 255);
  const inside = Array.from(mask.data.keys()).filter((pixel) => mask.data[pixel] === 1);
  const edited = source.slice();
  for (const pixel of inside) {
    const at = pixel * 4;
    edited.set(editPixel([source[at], source[at + 1], source[at + 2]], edits, grayscale), at);
  }

  const sharpened = edited.slice();
  for (const pixel of edits.sharpen === 0 ? [] : inside) {
    for (let channel = 0; channel < 3; channel += 1) {
      const v = edited[pixel * 4 + channel];
      const blurred = gaussianAt(
        pixel % width,
        Math.floor(pixel / width),
        width,
        height,
        (x, y) => edited[(y * width + x) * 4 + channel],
      );
      sharpened[pixel * 4 + channel] = clamp01(v + edits.sharpen * (v - blurred));
    }
  }

  const noise = noiseSource(seed, 1);
  const samples = new Float64Array(3);
  const result = createRaster(width, height, data.slice());
  for (const pixel of inside) {
    if (edits.noise !== 0) noise.samples(pixel, samples);
    for (let channel = 0; channel < 3; channel += 1) {
      const at = pixel * 4 + channel;
      let v = sharpened[at];
      if (edits.noise !== 0) v = clamp01(v + edits.noise * samples[grayscale ? 0 : channel]);
      if (edits.opacity !== 1) v = clamp01((1 - edits.opacity) * source[at] + edits.opacity * v);
      result.data[at] = Math.floor(v * 255 + 0.5);
    }
  }
  return result;
}
