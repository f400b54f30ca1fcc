import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import type { Blend } from './blend.ts';
import { QUICK_SPAN, quickRecolour } from './quick-recolour.ts';
import { recolourSpan } from './recolour.ts';
import { insideSpans, spanRoom } from './spans.ts';
import type { PixelEdits } from './working-values.ts';

/**
 * The edits that see one pixel at a time. Without hue and saturation every output byte depends on
 * one input byte, and the layer is a table of 256 bytes. Changes `bytes` (RGBA) in place.
 */
export function applyPointwise(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  { tone, recolouring }: PixelEdits,
  blend: Blend,
): void {
  const table = byteTable(tone, blend);
  const quick = recolouring && quickRecolour(tone, recolouring, blend);
  const spans = spanRoom(box.x1 - box.x0);
  for (let y = box.y0; y < box.y1; y += 1) {
    const row = y * mask.width;
    const count = insideSpans(mask.data, row + box.x0, row + box.x1, spans, QUICK_SPAN);
    for (let span = 0; span < count; span += 2) {
      const from = spans[span];
      const to = spans[span + 1];
      if (quick) quick.recolour(bytes, from, to);
      else if (recolouring) recolourSpan(bytes, from, to, tone, recolouring, blend, null, 0);
      else mapBytes(bytes, from, to, table);
    }
  }
}

function byteTable(tone: Float64Array, { opacity, kept }: Blend): Uint8Array {
  return Uint8Array.from(tone, (v, byte) => Math.floor((kept[byte] + opacity * v) * 255 + 0.5));
}

function mapBytes(bytes: Uint8Array, from: number, to: number, table: Uint8Array): void {
  for (let byte = from * 4; byte < to * 4; byte += 4) {
    bytes[byte] = table[bytes[byte]];
    bytes[byte + 1] = table[bytes[byte + 1]];
    bytes[byte + 2] = table[bytes[byte + 2]];
  }
}
