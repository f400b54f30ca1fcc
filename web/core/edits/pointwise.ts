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
 * Tone, hue, saturation and opacity in one pass. Changes `bytes` (RGBA) in place.
 *
 * The output is a function of the three input bytes, and photographs repeat themselves (a 2 MP
 * photo has a colour for every 10 to 40 pixels), so results are remembered in a direct-mapped
 * table of 512 KiB. Green and the differences to it are a bijection of (r, g, b) that keeps the
 * colours of one photo apart: their low bits are the slot, their high bits the tag, so a hit is
 * exact. An entry is tag (with bit 7 set: in use) and the three result bytes.
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
  const rgb = new Float64Array(3);
  const memory = new Int32Array(MEMORY_SLOTS);
  const { width, data: inside } = mask;
  for (let y = box.y0; y < box.y1; y += 1) {
    const end = y * width + box.x1;
    for (let pixel = y * width + box.x0; pixel < end; pixel += 1) {
      if (inside[pixel] === 0) continue;
      const at = pixel * 4;
      const r = bytes[at];
      const g = bytes[at + 1];
      const b = bytes[at + 2];
      const u = r - g;
      const v = b - g;
      const slot = (u & 31) | ((v & 31) << 5) | ((g & 127) << 10);
      const tag = 0x80 | (g >>> 7) | ((u >>> 4) & 0x0e) | ((v >>> 1) & 0x70);
      let entry = memory[slot];
      if (entry >>> 24 !== tag) {
        recolour(tone[r], tone[g], tone[b], recolouring, rgb, 0);
        const red = ((kept[r] + opacity * rgb[0]) * 255 + 0.5) | 0;
        const green = ((kept[g] + opacity * rgb[1]) * 255 + 0.5) | 0;
        const blue = ((kept[b] + opacity * rgb[2]) * 255 + 0.5) | 0;
        entry = (tag << 24) | (blue << 16) | (green << 8) | red;
        memory[slot] = entry;
      }
      bytes[at] = entry;
      bytes[at + 1] = entry >> 8;
      bytes[at + 2] = entry >> 16;
    }
  }
}
