import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { clamp01 } from './clamp.ts';
import { editedRowReader } from './edited-row.ts';
import { BLUR_RADIUS, BLUR_WEIGHTS, reflect } from './gaussian-blur.ts';
import type { PixelEdits } from './working-values.ts';

/** Two rows are blurred at a time, as they share eight of the ten rows that they need. */
const PAIR = 2;
/** Rows that a pair needs; row y is kept at y modulo this. */
const WINDOW_ROWS = 2 * BLUR_RADIUS + PAIR;
/** From a channel to the same channel of the farthest pixel that the blur sees. */
const REACH = BLUR_RADIUS * 3;

/** Unsharp masking of what a layer received. Rows are asked for from top to bottom. */
export interface Sharpener {
  /**
   * Reads what row `y` needs, up to five rows below it, so that writing to row `y` disturbs no
   * row that is still to be sharpened.
   */
  openRow(y: number): void;
  /** Sharpened working values, 0…1, of columns `from` … `to − 1` of the open row. */
  sharpen(from: number, to: number, out: Float64Array): void;
}

/**
 * A Gaussian first down the columns, then along the row, with sums in the order of `gaussianAt`,
 * so the same bits: nothing is blurred twice, and nine values a pixel are read instead of 81.
 *
 * @param box of the mask; nothing outside it is asked for
 */
export function sharpener(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  edits: PixelEdits,
  amount: number,
): Sharpener {
  const { height } = mask;
  const read = editedRowReader(bytes, mask, box, BLUR_RADIUS, edits);
  const length = (box.x1 - box.x0) * 3 + 2 * REACH;
  const rowOf = () => new Float64Array(length);
  const edited = Array.from({ length: WINDOW_ROWS }, rowOf);
  const blurred = Array.from({ length: PAIR }, rowOf);
  let nextRead = Math.max(0, box.y0 - BLUR_RADIUS);
  let nextPair = box.y0;
  let open = box.y0;
  const rowAt = (y: number) => edited[y % WINDOW_ROWS];

  return {
    openRow(y) {
      open = y;
      if (y < nextPair) return;
      nextPair = y + PAIR;
      const last = Math.min(height, nextPair + BLUR_RADIUS);
      for (; nextRead < last; nextRead += 1) read(nextRead, rowAt(nextRead));
      const rows = Array.from({ length: WINDOW_ROWS }, (_, i) =>
        rowAt(reflect(y + i - BLUR_RADIUS, height)),
      );
      blurColumns(rows, blurred[0], blurred[1]);
    },
    sharpen(from, to, out) {
      const row = blurred[open - nextPair + PAIR];
      sharpenAlong(rowAt(open), row, (from - box.x0) * 3, (to - from) * 3, amount, out);
    },
  };
}

/** Blurs the fifth and the sixth of ten rows downwards. */
function blurColumns(
  rows: readonly Float64Array[],
  fifth: Float64Array,
  sixth: Float64Array,
): void {
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9] = rows;
  const [w0, w1, w2, w3, w4] = BLUR_WEIGHTS;
  for (let i = 0; i < fifth.length; i += 1) {
    const v1 = r1[i];
    const v2 = r2[i];
    const v3 = r3[i];
    const v4 = r4[i];
    const v5 = r5[i];
    const v6 = r6[i];
    const v7 = r7[i];
    const v8 = r8[i];
    fifth[i] = w0 * (r0[i] + v8) + w1 * (v1 + v7) + w2 * (v2 + v6) + w3 * (v3 + v5) + w4 * v4;
    sixth[i] = w0 * (v1 + r9[i]) + w1 * (v2 + v8) + w2 * (v3 + v7) + w3 * (v4 + v6) + w4 * v5;
  }
}

/**
 * Blurs `row` along itself and sharpens `edited` by it, channel after channel: the nine values
 * under the kernel stay in registers and move on by one.
 *
 * @param start of both rows' values: four pixels left of the first that is sharpened
 */
function sharpenAlong(
  edited: Float64Array,
  row: Float64Array,
  start: number,
  count: number,
  amount: number,
  out: Float64Array,
): void {
  const [w0, w1, w2, w3, w4] = BLUR_WEIGHTS;
  for (let channel = 0; channel < 3; channel += 1) {
    const first = start + channel;
    let v0 = row[first];
    let v1 = row[first + 3];
    let v2 = row[first + 6];
    let v3 = row[first + 9];
    let v4 = row[first + 12];
    let v5 = row[first + 15];
    let v6 = row[first + 18];
    let v7 = row[first + 21];
    for (let i = channel; i < count; i += 3) {
      const v8 = row[start + i + 2 * REACH];
      const blurred = w0 * (v0 + v8) + w1 * (v1 + v7) + w2 * (v2 + v6) + w3 * (v3 + v5) + w4 * v4;
      const v = edited[start + i + REACH];
      out[i] = clamp01(v + amount * (v - blurred));
      v0 = v1;
      v1 = v2;
      v2 = v3;
      v3 = v4;
      v4 = v5;
      v5 = v6;
      v6 = v7;
      v7 = v8;
    }
  }
}
