import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { type Recolouring, recolour } from './recolour.ts';

/**
 * Brightness, contrast, gamma and opacity: every output byte depends on one input byte, so the
 * layer is a table of 256 bytes. Changes `bytes` (RGBA) in place.
 *
 * @param tone working value of every byte after the first three edits
 */
export function applyToneOnly(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  tone: Float64Array,
  opacity: number,
): void {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    const v = opacity === 1 ? tone[byte] : (1 - opacity) * (byte / 255) + opacity * tone[byte];
    table[byte] = Math.floor(v * 255 + 0.5);
  }
  const { width, data: inside } = mask;
  for (let y = box.y0; y < box.y1; y += 1) {
    const end = y * width + box.x1;
    for (let pixel = y * width + box.x0; pixel < end; pixel += 1) {
      if (inside[pixel] === 0) continue;
      const at = pixel * 4;
      bytes[at] = table[bytes[at]];
      bytes[at + 1] = table[bytes[at + 1]];
      bytes[at + 2] = table[bytes[at + 2]];
    }
  }
}

/** Entries of the colour memory; 17 bits of a colour say where it is kept, 7 bits which it is. */
const MEMORY_SLOTS = 1 << 17;

/**
 * Green and the differences to it are a bijection of (r, g, b) that spreads the colours of one
 * photo: their low bits are the slot.
 */
function slotOf(r: number, g: number, b: number): number {
  return ((r - g) & 31) | (((b - g) & 31) << 5) | ((g & 127) << 10);
}

/** The bits that the slot leaves out, and bit 7: in use. */
function tagOf(r: number, g: number, b: number): number {
  return 0x80 | (g >>> 7) | (((r - g) >>> 4) & 0x0e) | (((b - g) >>> 1) & 0x70);
}

/**
 * Tone, hue, saturation and opacity in one pass. Changes `bytes` (RGBA) in place.
 *
 * The output is a function of the three input bytes, and photographs repeat themselves (a 2 MP
 * photo has a colour for every 10 to 40 pixels), so results are remembered in a direct-mapped
 * table of 512 KiB: tag and three result bytes. A hit is exact. What a row misses is computed
 * together at its end.
 */
export function applyColour(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  tone: Float64Array,
  recolouring: Recolouring,
  opacity: number,
): void {
  // At opacity 1 this adds 0 and multiplies by 1, which changes no bit.
  const kept = Float64Array.from({ length: 256 }, (_, byte) => (1 - opacity) * (byte / 255));
  const memory = new Int32Array(MEMORY_SLOTS);
  const missed = new Int32Array(box.x1 - box.x0);
  const values = new Float64Array(missed.length * 3);
  const { width, data: inside } = mask;
  for (let y = box.y0; y < box.y1; y += 1) {
    let misses = 0;
    const end = y * width + box.x1;
    for (let pixel = y * width + box.x0; pixel < end; pixel += 1) {
      if (inside[pixel] === 0) continue;
      const at = pixel * 4;
      const r = bytes[at];
      const g = bytes[at + 1];
      const b = bytes[at + 2];
      const entry = memory[slotOf(r, g, b)];
      if (entry >>> 24 === tagOf(r, g, b)) {
        bytes[at] = entry;
        bytes[at + 1] = entry >> 8;
        bytes[at + 2] = entry >> 16;
        continue;
      }
      missed[misses] = at;
      values[misses * 3] = tone[r];
      values[misses * 3 + 1] = tone[g];
      values[misses * 3 + 2] = tone[b];
      misses += 1;
    }
    recolour(values, 0, misses * 3, recolouring);
    for (let i = 0; i < misses; i += 1) {
      const at = missed[i];
      const r = bytes[at];
      const g = bytes[at + 1];
      const b = bytes[at + 2];
      const red = ((kept[r] + opacity * values[i * 3]) * 255 + 0.5) | 0;
      const green = ((kept[g] + opacity * values[i * 3 + 1]) * 255 + 0.5) | 0;
      const blue = ((kept[b] + opacity * values[i * 3 + 2]) * 255 + 0.5) | 0;
      memory[slotOf(r, g, b)] = (tagOf(r, g, b) << 24) | (blue << 16) | (green << 8) | red;
      bytes[at] = red;
      bytes[at + 1] = green;
      bytes[at + 2] = blue;
    }
  }
}
