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
 * Hue and saturation of RGB working values, in place, operation for operation what the reference
 * does, so the same bits: turning the hue keeps the largest and the smallest channel as they are,
 * and saturation needs both again, so one pass finds them once.
 *
 * @param values r, g, b, r, g, b …
 * @param end of the values to change: multiples of 3
 */
export function recolour(
  values: Float64Array,
  start: number,
  end: number,
  { turn, sextants, saturate, factor }: Recolouring,
): void {
  for (let at = start; at < end; at += 3) {
    const r = values[at];
    const g = values[at + 1];
    const b = values[at + 2];
    let max = r;
    let min = Math.min(g, b);
    let base = 0;
    let difference = g - b;
    if (r < g || r < b) {
      if (g >= b) {
        max = g;
        min = Math.min(r, b);
        base = 2;
        difference = b - r;
      } else {
        max = b;
        min = Math.min(r, g);
        base = 4;
        difference = r - g;
      }
    }
    const chroma = max - min;
    if (chroma === 0) continue;
    const stretch = chroma * factor > max ? max / chroma : factor;
    if (!turn) {
      values[at] = Math.max(0, max - (max - r) * stretch);
      values[at + 1] = Math.max(0, max - (max - g) * stretch);
      values[at + 2] = Math.max(0, max - (max - b) * stretch);
      continue;
    }
    let hue = base + difference / chroma + sextants;
    if (hue < 0) hue += 6;
    if (hue >= 6) hue -= 6;
    const sextant = hue | 0;
    const rise = hue - sextant;
    let middle = Math.min(max, min + chroma * ((sextant & 1) === 0 ? rise : 1 - rise));
    if (saturate) {
      middle = Math.max(0, max - (max - middle) * stretch);
      min = Math.max(0, max - chroma * stretch);
    }
    // As it is in the last sextant, from magenta to red.
    let red = max;
    let green = min;
    let blue = middle;
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
    values[at] = red;
    values[at + 1] = green;
    values[at + 2] = blue;
  }
}
