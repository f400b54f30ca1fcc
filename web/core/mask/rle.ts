import { fail, ok, type Result } from '../flow/result.ts';
import type { Size } from '../geometry/spaces.ts';
import { maskBounds } from './bounds.ts';
import { createMask, type Mask } from './mask.ts';

/**
 * Uncompressed run lengths as COCO defines them: pixels are read column by column, runs alternate
 * outside, inside, outside …, and the first (outside) may be 0. COCO's `segmentation` is
 * `{ size: [height, width], counts }`.
 * Source: cocodataset/cocoapi, `common/maskApi.c`, `rleEncode` and `rleDecode`.
 */
export type RunLengths = readonly number[];

/** Why run lengths or their text form do not describe a mask. */
export type RleProblem =
  | { readonly kind: 'bad-run'; readonly index: number; readonly value: number }
  | { readonly kind: 'wrong-total'; readonly total: number; readonly expected: number }
  | { readonly kind: 'bad-character'; readonly index: number }
  | { readonly kind: 'cut-off' };

/** Run lengths of a mask; work is proportional to its bounding box. */
export function encodeRle(mask: Mask): number[] {
  const { width, height, data } = mask;
  const box = maskBounds(mask);
  if (!box) return [width * height];
  const counts: number[] = [];
  let current = 0;
  let run = box.x0 * height + box.y0;
  const above = box.y0;
  const below = height - box.y1;
  for (let x = box.x0; x < box.x1; x += 1) {
    for (let y = box.y0; y < box.y1; y += 1) {
      const value = data[y * width + x];
      if (value !== current) {
        counts.push(run);
        run = 0;
        current = value;
      }
      run += 1;
    }
    if (current === 1 && above + below > 0) {
      counts.push(run);
      run = 0;
      current = 0;
    }
    run += below + (x + 1 < box.x1 ? above : 0);
  }
  const rest = (width - box.x1) * height;
  if (current === 1 && rest > 0) {
    counts.push(run, rest);
    return counts;
  }
  run += rest;
  if (run > 0) counts.push(run);
  return counts;
}

/** The mask of given run lengths. They come from files, so they are checked. */
export function decodeRle(counts: RunLengths, { width, height }: Size): Result<Mask, RleProblem> {
  const mask = createMask(width, height);
  const expected = width * height;
  let position = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const value = counts[index];
    if (!Number.isSafeInteger(value) || value < 0) return fail({ kind: 'bad-run', index, value });
    if (position + value > expected) {
      return fail({ kind: 'wrong-total', total: position + value, expected });
    }
    if (index % 2 === 1) fillColumnRun(mask, position, value);
    position += value;
  }
  if (position !== expected) return fail({ kind: 'wrong-total', total: position, expected });
  return ok(mask);
}

function fillColumnRun({ width, height, data }: Mask, start: number, length: number): void {
  let x = Math.floor(start / height);
  let y = start % height;
  for (let left = length; left > 0; left -= 1) {
    data[y * width + x] = 1;
    y += 1;
    if (y === height) {
      y = 0;
      x += 1;
    }
  }
}
