import { type Blend, OPAQUE } from './blend.ts';
import type { Edits } from './edits.ts';
import { type Recolouring, recolouringOf, recolourSpan } from './recolour.ts';
import { toneTable } from './tone.ts';

/** The edits of a layer that see one pixel at a time, prepared once. */
export interface PixelEdits {
  /** Working value of every byte after brightness, contrast and gamma. */
  readonly tone: Float64Array;
  /** Null when hue and saturation do nothing. */
  readonly recolouring: Recolouring | null;
}

export function pixelEdits(edits: Edits, grayscale: boolean): PixelEdits {
  return { tone: toneTable(edits), recolouring: recolouringOf(edits, grayscale) };
}

/** Working values of unedited bytes. */
export const PLAIN: PixelEdits = {
  tone: Float64Array.from({ length: 256 }, (_, byte) => byte / 255),
  recolouring: null,
};

/**
 * Reads RGBA pixels `from` … `to − 1` as edited working values 0…1.
 *
 * @param out receives r, g, b, r, g, b … from index `at` on
 */
export function readSpan(
  bytes: Uint8Array,
  from: number,
  to: number,
  { tone, recolouring }: PixelEdits,
  out: Float64Array,
  at: number,
): void {
  if (recolouring) {
    recolourSpan(bytes, from, to, tone, recolouring, OPAQUE, out, at);
    return;
  }
  let i = at;
  for (let byte = from * 4; byte < to * 4; byte += 4) {
    out[i] = tone[bytes[byte]];
    out[i + 1] = tone[bytes[byte + 1]];
    out[i + 2] = tone[bytes[byte + 2]];
    i += 3;
  }
}

/**
 * Blends working values over RGBA pixels `from` … `to − 1` and rounds half up. Alpha stays.
 *
 * @param values r, g, b, r, g, b … of the first pixel on, 0…1
 */
export function writeSpan(
  values: Float64Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  { opacity, kept }: Blend,
): void {
  let i = 0;
  for (let byte = from * 4; byte < to * 4; byte += 4) {
    bytes[byte] = ((kept[bytes[byte]] + opacity * values[i]) * 255 + 0.5) | 0;
    bytes[byte + 1] = ((kept[bytes[byte + 1]] + opacity * values[i + 1]) * 255 + 0.5) | 0;
    bytes[byte + 2] = ((kept[bytes[byte + 2]] + opacity * values[i + 2]) * 255 + 0.5) | 0;
    i += 3;
  }
}
