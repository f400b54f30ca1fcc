import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { clamp01 } from './clamp.ts';
import type { Edits } from './edits.ts';
import { BLUR_RADIUS, BLUR_WEIGHTS, reflect } from './gaussian-blur.ts';
import { recolour, recolouringOf } from './recolour.ts';
import { toneTable } from './tone.ts';

/** Rows that the blur needs at a time; row y is kept at y modulo this. */
export const WINDOW_ROWS = 2 * BLUR_RADIUS + 1;

/** Reads one image row as working values: edited inside the mask, as received outside. */
export type RowReader = (y: number, out: Float64Array) => void;

/**
 * A reader of columns x0 − reach … x1 + reach − 1, reflected at the image's sides, RGB
 * interleaved.
 */
export function rowReader(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  reach: number,
  edits: Edits,
  grayscale: boolean,
): RowReader {
  const { width, data: inside } = mask;
  const tone = toneTable(edits);
  const recolouring = recolouringOf(edits, grayscale);
  const plain = Float64Array.from({ length: 256 }, (_, byte) => byte / 255);
  const columns = Int32Array.from({ length: box.x1 - box.x0 + 2 * reach }, (_, i) =>
    reflect(box.x0 - reach + i, width),
  );
  return (y, out) => {
    // Where the run of inside pixels that is being read began; it is recoloured when it ends.
    let run = -1;
    for (let i = 0; i < columns.length; i += 1) {
      const pixel = y * width + columns[i];
      const at = pixel * 4;
      const isInside = inside[pixel] === 1;
      const values = isInside ? tone : plain;
      out[i * 3] = values[bytes[at]];
      out[i * 3 + 1] = values[bytes[at + 1]];
      out[i * 3 + 2] = values[bytes[at + 2]];
      if (isInside && run === -1) run = i;
      if (!isInside && run !== -1) {
        if (recolouring) recolour(out, run * 3, i * 3, recolouring);
        run = -1;
      }
    }
    if (recolouring && run !== -1) recolour(out, run * 3, columns.length * 3, recolouring);
  };
}

/** The last nine rows that the blur needs, as they are and blurred along x. */
export interface RowWindow {
  readonly edited: readonly Float64Array[];
  readonly blurred: readonly Float64Array[];
  /** Makes rows up to `y` + reach available. */
  advanceTo(y: number): void;
}

/** A window at the first row of `box`; `height` is the image's. */
export function rowWindow(read: RowReader, box: PixelRect, height: number): RowWindow {
  const inner = (box.x1 - box.x0) * 3;
  const edited = Array.from(
    { length: WINDOW_ROWS },
    () => new Float64Array(inner + BLUR_RADIUS * 6),
  );
  const blurred = Array.from({ length: WINDOW_ROWS }, () => new Float64Array(inner));
  const [w0, w1, w2, w3, w4] = BLUR_WEIGHTS;
  let next = Math.max(0, box.y0 - BLUR_RADIUS);
  return {
    edited,
    blurred,
    advanceTo(y) {
      const last = Math.min(height - 1, y + BLUR_RADIUS);
      for (; next <= last; next += 1) {
        const row = edited[next % WINDOW_ROWS];
        const along = blurred[next % WINDOW_ROWS];
        read(next, row);
        for (let i = 0; i < inner; i += 1) {
          along[i] =
            w0 * (row[i] + row[i + 24]) +
            w1 * (row[i + 3] + row[i + 21]) +
            w2 * (row[i + 6] + row[i + 18]) +
            w3 * (row[i + 9] + row[i + 15]) +
            w4 * row[i + 12];
        }
      }
    },
  };
}

/** Sharpens row `y` of the window into `out`; values are clamped to 0…1. */
export function sharpenRow(
  window: RowWindow,
  y: number,
  height: number,
  amount: number,
  out: Float64Array,
): void {
  window.advanceTo(y);
  const centre = window.edited[y % WINDOW_ROWS];
  const rows = Array.from(BLUR_WEIGHTS, (_, k) => {
    return window.blurred[reflect(y + k - BLUR_RADIUS, height) % WINDOW_ROWS];
  });
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8] = rows;
  const [w0, w1, w2, w3, w4] = BLUR_WEIGHTS;
  for (let i = 0; i < out.length; i += 1) {
    const blurred =
      w0 * (r0[i] + r8[i]) +
      w1 * (r1[i] + r7[i]) +
      w2 * (r2[i] + r6[i]) +
      w3 * (r3[i] + r5[i]) +
      w4 * r4[i];
    const v = centre[i + BLUR_RADIUS * 3];
    out[i] = clamp01(v + amount * (v - blurred));
  }
}
