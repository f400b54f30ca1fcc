import type { Edits } from './edits.ts';

/** Hue and saturation of a layer, prepared once. */
export interface Recolouring {
  readonly turn: boolean;
  /** Hue turn in sextants (60°), 0…6. */
  readonly sextants: number;
  readonly saturate: boolean;
  readonly factor: number;
}

/** Which channel is largest, middle and smallest in each 60° of hue from red. */
const LARGEST_AT = [0, 1, 1, 2, 2, 0];
const MIDDLE_AT = [1, 0, 2, 1, 0, 2];
const SMALLEST_AT = [2, 2, 0, 0, 1, 1];

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
 * Hue and saturation of one pixel in one pass, operation for operation what the reference does,
 * so the same bits: turning the hue keeps the largest and smallest channel as they are, and
 * saturation needs both again.
 *
 * @param out receives three working values at `at`
 */
export function recolour(
  r: number,
  g: number,
  b: number,
  { turn, sextants, saturate, factor }: Recolouring,
  out: Float64Array,
  at: number,
): void {
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
  if (chroma === 0) {
    out[at] = r;
    out[at + 1] = g;
    out[at + 2] = b;
    return;
  }
  let low = min;
  const stretch = chroma * factor > max ? max / chroma : factor;
  if (!turn) {
    const red = max - (max - r) * stretch;
    const green = max - (max - g) * stretch;
    const blue = max - (max - b) * stretch;
    out[at] = Math.max(0, red);
    out[at + 1] = Math.max(0, green);
    out[at + 2] = Math.max(0, blue);
    return;
  }
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
    low = max - chroma * stretch;
    if (low < 0) low = 0;
  }
  out[at + LARGEST_AT[sextant]] = max;
  out[at + MIDDLE_AT[sextant]] = middle;
  out[at + SMALLEST_AT[sextant]] = low;
}
