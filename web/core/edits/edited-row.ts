import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { reflect } from './gaussian-blur.ts';
import { insideSpans, spanRoom } from './spans.ts';
import { type PixelEdits, PLAIN, readSpan } from './working-values.ts';

/** Reads one image row as working values: edited inside the mask, as received outside. */
export type RowReader = (y: number, out: Float64Array) => void;

/**
 * A reader of columns x0 − reach … x1 + reach − 1, reflected at the image's sides, RGB
 * interleaved.
 */
export function editedRowReader(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  reach: number,
  edits: PixelEdits,
): RowReader {
  const { width } = mask;
  const left = box.x0 - reach;
  const right = box.x1 + reach;
  const from = Math.max(0, left);
  const to = Math.min(width, right);
  const spans = spanRoom(to - from);
  return (y, out) => {
    const row = y * width;
    const count = insideSpans(mask.data, row + from, row + to, spans);
    const read = (start: number, end: number, how: PixelEdits) =>
      readSpan(bytes, start, end, how, out, (start - row - left) * 3);
    let done = row + from;
    for (let span = 0; span < count; span += 2) {
      read(done, spans[span], PLAIN);
      read(spans[span], spans[span + 1], edits);
      done = spans[span + 1];
    }
    read(done, row + to, PLAIN);
    const mirror = (x: number) => {
      const source = (reflect(x, width) - left) * 3;
      out.copyWithin((x - left) * 3, source, source + 3);
    };
    for (let x = left; x < from; x += 1) mirror(x);
    for (let x = to; x < right; x += 1) mirror(x);
  };
}
