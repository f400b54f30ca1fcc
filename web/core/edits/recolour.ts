import type { Blend } from './blend.ts';
import type { Edits } from './edits.ts';

/** Hue and saturation of a layer, prepared once. */
export interface Recolouring {
  readonly turn: boolean;
  /** Hue turn in sextants (60°), 0…6. */
  readonly sextants: number;
  readonly saturate: boolean;
  readonly factor: number;
}

/** What hue and saturation do, or null when they do nothing. */
export function recolouringOf(edits: Edits, grayscale: boolean): Recolouring | null {
  if (grayscale || (edits.hue === 0 && edits.saturation === 0)) return null;
  return {
    turn: edits.hue !== 0,
    sextants: (edits.hue < 0 ? edits.hue + 360 : edits.hue) / 60,
    saturate: edits.saturation !== 0,
    factor: 1 + edits.saturation,
  };
}

/**
 * Tone, hue and saturation of RGBA pixels `from` … `to − 1` in one pass, operation for operation
 * what the reference does, so the same bits: turning the hue keeps the largest and the smallest
 * channel as they are, and saturation needs both again, so they are found once.
 *
 * Comparisons instead of `Math.min` and `Math.max`, and no call per pixel: a photo costs
 * half so. No value is NaN, and −0 ends in the same byte as 0.
 *
 * @param tone working value of every byte after the edits before these
 * @param out receives r, g, b, r, g, b … from index `at` on; without it the result is blended
 *   over the pixels themselves, which saves a third of the time
 */
export function recolourSpan(
  bytes: Uint8Array,
  from: number,
  to: number,
  tone: Float64Array,
  { turn, sextants, saturate, factor }: Recolouring,
  { opacity, kept }: Blend,
  out: Float64Array | null,
  at: number,
): void {
  let i = at;
  for (let byte = from * 4; byte < to * 4; byte += 4, i += 3) {
    const redByte = bytes[byte];
    const greenByte = bytes[byte + 1];
    const blueByte = bytes[byte + 2];
    const r = tone[redByte];
    const g = tone[greenByte];
    const b = tone[blueByte];
    let max = r;
    let min = g;
    let base = 0;
    let difference = g - b;
    if (r < g || r < b) {
      min = r;
      if (g >= b) {
        max = g;
        if (b < r) min = b;
        base = 2;
        difference = b - r;
      } else {
        max = b;
        if (g < r) min = g;
        base = 4;
        difference = r - g;
      }
    } else if (b < g) min = b;
    const chroma = max - min;
    let red = r;
    let green = g;
    let blue = b;
    if (chroma !== 0) {
      const stretch = chroma * factor > max ? max / chroma : factor;
      if (turn) {
        let hue = base + difference / chroma + sextants;
        if (hue < 0) hue += 6;
        if (hue >= 6) hue -= 6;
        const sextant = hue | 0;
        const rise = hue - sextant;
        let middle = min + chroma * ((sextant & 1) === 0 ? rise : 1 - rise);
        if (middle > max) middle = max;
        if (saturate) {
          middle = max - (max - middle) * stretch;
          if (middle < 0) middle = 0;
          min = max - chroma * stretch;
          if (min < 0) min = 0;
        }
        // As it is in the last sextant, from magenta to red.
        red = max;
        green = min;
        blue = middle;
        switch (sextant) {
          case 0:
            green = middle;
            blue = min;
            break;
          case 1:
            red = middle;
            green = max;
            blue = min;
            break;
          case 2:
            red = min;
            green = max;
            break;
          case 3:
            red = min;
            green = middle;
            blue = max;
            break;
          case 4:
            red = middle;
            blue = max;
            break;
        }
      } else {
        red = max - (max - r) * stretch;
        green = max - (max - g) * stretch;
        blue = max - (max - b) * stretch;
        if (red < 0) red = 0;
        if (green < 0) green = 0;
        if (blue < 0) blue = 0;
      }
    }
    if (out) {
      out[i] = red;
      out[i + 1] = green;
      out[i + 2] = blue;
    } else {
      bytes[byte] = ((kept[redByte] + opacity * red) * 255 + 0.5) | 0;
      bytes[byte + 1] = ((kept[greenByte] + opacity * green) * 255 + 0.5) | 0;
      bytes[byte + 2] = ((kept[blueByte] + opacity * blue) * 255 + 0.5) | 0;
    }
  }
}
