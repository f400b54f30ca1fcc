import { clamp01 } from './clamp.ts';
import type { Edits } from './edits.ts';
import { portablePow } from './portable-math.ts';

/**
 * Brightness, contrast and gamma of every possible byte: 256 working values, 0…1. The three edits
 * see one channel of one pixel at a time, so a table is not an approximation of them.
 */
export function toneTable(edits: Edits): Float64Array {
  const table = new Float64Array(256);
  const exponent = 1 / (1 + edits.gamma);
  for (let byte = 0; byte < 256; byte += 1) {
    let v = byte / 255;
    if (edits.brightness !== 0) v = clamp01(v + edits.brightness);
    if (edits.contrast !== 0) v = clamp01((v - 0.5) * (1 + edits.contrast) + 0.5);
    if (edits.gamma !== 0) v = clamp01(portablePow(v, exponent));
    table[byte] = v;
  }
  return table;
}
