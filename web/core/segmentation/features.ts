import { LOW_RES_SIDE, lowResExtent, type ModelFrame } from './model-space.ts';

/** What the automatic choice looks at. All cheap, all measured on the 256 × 256 logits. */
export interface MaskFeatures {
  /** Share of the photo inside, 0…1. */
  readonly areaShare: number;
  /** IoU of the mask at threshold +1 with the one at −1, 0…1; 1 for an empty mask. */
  readonly stability: number;
  /** Share of the photo's border inside, 0…1. */
  readonly borderShare: number;
  /** Cosine between the mean embedding inside and outside, −1…1; 1 when one side is empty. */
  readonly likeness: number;
  /** IoU with the mask of the step before, 0…1; 1 when there is none. */
  readonly agreement: number;
}

/** What masks of one step are measured against. */
export interface FeatureContext {
  /** Of the photo: what lies beside it is not looked at. */
  readonly frame: ModelFrame;
  /** [256, 64, 64] of the photo. */
  readonly embedding: Float32Array;
  /** [256, 256] logits of the mask chosen in the step before, null at the first. */
  readonly previousMask: Float32Array | null;
}

/** One candidate's logits out of [4, 256, 256]: a view, not a copy. */
export function candidateLogits(masks: Float32Array<ArrayBuffer>, index: number) {
  const length = LOW_RES_SIDE * LOW_RES_SIDE;
  return masks.subarray(index * length, (index + 1) * length);
}

/**
 * Measures one mask.
 * @param logits [256, 256].
 */
export function maskFeatures(
  logits: Float32Array,
  { frame, embedding, previousMask }: FeatureContext,
): MaskFeatures {
  const extent = lowResExtent(frame);
  const width = Math.ceil(extent.width);
  const height = Math.ceil(extent.height);
  let inside = 0;
  let surely = 0;
  let perhaps = 0;
  let border = 0;
  for (let y = 0; y < height; y++) {
    const isEdgeRow = y === 0 || y === height - 1;
    for (let x = 0; x < width; x++) {
      const logit = logits[y * LOW_RES_SIDE + x];
      if (logit <= -1) continue;
      perhaps++;
      if (logit <= 0) continue;
      inside++;
      if (logit > 1) surely++;
      if (isEdgeRow || x === 0 || x === width - 1) border++;
    }
  }
  return {
    areaShare: inside / (width * height),
    stability: perhaps === 0 ? 1 : surely / perhaps,
    borderShare: border / (width * height - Math.max(0, width - 2) * Math.max(0, height - 2)),
    likeness: likeness(logits, embedding, width, height),
    agreement: previousMask ? agreement(logits, previousMask) : 1,
  };
}

/** IoU of the two masks. Padding has no mask in it, so it need not be left out. */
function agreement(logits: Float32Array, previous: Float32Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < logits.length; i++) {
    const isInside = logits[i] > 0;
    const wasInside = previous[i] > 0;
    if (isInside && wasInside) both++;
    if (isInside || wasInside) either++;
  }
  return either === 0 ? 1 : both / either;
}

const GRID = 64;
const CHANNELS = 256;
const CELL = LOW_RES_SIDE / GRID;

/**
 * Cosine between the mean embedding of the cells inside and of those outside. Only the smaller
 * side is added up; the other one is what is missing from all cells.
 */
function likeness(
  logits: Float32Array,
  embedding: Float32Array,
  width: number,
  height: number,
): number {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  // The middle of a cell stands for its sixteen logits.
  const isInside = (y: number, x: number) =>
    logits[(y * CELL + CELL / 2) * LOW_RES_SIDE + x * CELL + CELL / 2] > 0;
  let inside = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) if (isInside(y, x)) inside++;
  }
  const outside = rows * columns - inside;
  if (inside === 0 || outside === 0) return 1;
  const [few, many] = inside < outside ? [inside, outside] : [outside, inside];
  // Where runs of the fewer cells start and end, one after the other.
  const runs: number[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (isInside(y, x) !== inside < outside) continue;
      const cell = y * GRID + x;
      if (x > 0 && runs.at(-1) === cell) runs[runs.length - 1]++;
      else runs.push(cell, cell + 1);
    }
  }
  const ends = Uint16Array.from(runs);
  const totals = totalsOf(embedding, columns, rows);
  let dot = 0;
  let fewNorm = 0;
  let manyNorm = 0;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const plane = channel * GRID * GRID;
    let sum = 0;
    for (let run = 0; run < ends.length; run += 2) {
      const end = plane + ends[run + 1];
      for (let cell = plane + ends[run]; cell < end; cell++) sum += embedding[cell];
    }
    const a = sum / few;
    const b = (totals[channel] - sum) / many;
    dot += a * b;
    fewNorm += a * a;
    manyNorm += b * b;
  }
  const norms = Math.sqrt(fewNorm * manyNorm);
  return norms === 0 ? 1 : dot / norms;
}

/** Of the embedding asked about last: one photo is asked about many times in a row. */
let latest:
  | { readonly embedding: Float32Array; readonly extent: string; readonly totals: Float64Array }
  | undefined;

/** Sum of every channel over the cells that show the photo. */
function totalsOf(embedding: Float32Array, columns: number, rows: number): Float64Array {
  const extent = `${columns} ${rows}`;
  if (latest?.embedding === embedding && latest.extent === extent) return latest.totals;
  const totals = new Float64Array(CHANNELS);
  for (let channel = 0; channel < CHANNELS; channel++) {
    let sum = 0;
    for (let y = 0; y < rows; y++) {
      const row = (channel * GRID + y) * GRID;
      for (let x = row; x < row + columns; x++) sum += embedding[x];
    }
    totals[channel] = sum;
  }
  latest = { embedding, extent, totals };
  return totals;
}
