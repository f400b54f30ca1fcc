import type { Size } from '../geometry/spaces.ts';
import { createMask, type Mask } from '../mask/mask.ts';
import { LOW_RES_SIDE, lowResExtent, type ModelFrame } from './model-space.ts';

/**
 * Makes a mask out of low-resolution logits: bilinear to `target`, inside where above zero.
 * Works at any target size, so the mask on screen costs what the screen has, not the photo.
 *
 * Where two neighbouring logits have the same sign, everything between them has it too: such
 * runs are filled whole and only the mask's outline is interpolated pixel by pixel.
 * @param logits [256, 256] of one candidate.
 * @param frame of the photo, which says how much of the logits shows it.
 * @param target size of the wanted mask, with the photo's aspect.
 */
export function maskFromLogits(logits: Float32Array, frame: ModelFrame, target: Size): Mask {
  if (logits.length !== LOW_RES_SIDE * LOW_RES_SIDE) {
    throw new RangeError(
      `A low-resolution mask has ${LOW_RES_SIDE * LOW_RES_SIDE} logits, got ${logits.length}.`,
    );
  }
  const mask = createMask(target.width, target.height);
  const extent = lowResExtent(frame);
  const columns = createAxis(extent.width, target.width);
  const rows = createAxis(extent.height, target.height);
  const starts = cellStarts(columns);
  const row = new Float32Array(columns.count);

  for (let y = 0; y < target.height; y++) {
    const above = rows.index[y] * LOW_RES_SIDE;
    const below = above + (rows.index[y] + 1 < rows.count ? LOW_RES_SIDE : 0);
    const weight = rows.weight[y];
    for (let i = 0; i < row.length; i++) {
      row[i] = logits[above + i] + (logits[below + i] - logits[above + i]) * weight;
    }
    fillRow(mask.data, y * target.width, row, columns, starts);
  }
  return mask;
}

/** For every target pixel: the source sample at or before its centre, and how far past it. */
interface Axis {
  readonly count: number;
  readonly index: Uint16Array;
  readonly weight: Float32Array;
}

function createAxis(extent: number, length: number): Axis {
  const count = Math.max(1, Math.min(LOW_RES_SIDE, Math.ceil(extent)));
  const index = new Uint16Array(length);
  const weight = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = Math.min(Math.max(((i + 0.5) * extent) / length - 0.5, 0), count - 1);
    index[i] = Math.floor(at);
    weight[i] = at - index[i];
  }
  return { count, index, weight };
}

/** First target pixel at or after each source sample; the last entry is the target's length. */
function cellStarts({ count, index }: Axis): Uint32Array {
  const starts = new Uint32Array(count + 1).fill(index.length);
  let at = 0;
  for (let cell = 0; cell < count; cell++) {
    while (at < index.length && index[at] < cell) at++;
    starts[cell] = at;
  }
  return starts;
}

function fillRow(
  data: Uint8Array,
  offset: number,
  row: Float32Array,
  columns: Axis,
  starts: Uint32Array,
): void {
  for (let cell = 0; cell < row.length; cell++) {
    const left = row[cell];
    const right = cell + 1 < row.length ? row[cell + 1] : left;
    if (left <= 0 && right <= 0) continue;
    const start = starts[cell];
    const end = starts[cell + 1];
    if (left > 0 && right > 0) {
      data.fill(1, offset + start, offset + end);
      continue;
    }
    const slope = right - left;
    for (let x = start; x < end; x++) {
      if (left + slope * columns.weight[x] > 0) data[offset + x] = 1;
    }
  }
}
