import { openKernel } from '../simd/open-kernel.ts';
import { RESIZE } from '../simd/resize-bytes.ts';
import type { Raster } from './raster.ts';
import type { Taps } from './triangle-taps.ts';

/** What resize.wat exports; places and strides in bytes. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  rows(source: number, stride: number, count: number, weights: number, row: number): void;
  /** @returns how many pixels came out in doubt */
  columns(
    count: number,
    taps: number,
    weights: number,
    out: number,
    list: number,
    sure: number,
  ): number;
}

/** With more rows and columns under one pixel there would be much to doubt. */
const MOST_TAPS = 100;
const MOST_BYTES = 64 * 2 ** 20;
const PAGE = 65_536;

/**
 * `resizeOpaque` with a WebAssembly kernel: the same bytes in a fraction of the time. The kernel
 * sums in single precision, n weighted bytes and two roundings more, so its error is below
 * (n + 4) · 2⁻²⁴ · 255 levels. It names the pixels that came out within twice that of the border
 * between two levels; these are summed again in double precision, in the order of the slow way.
 *
 * @returns false, and `result` untouched, where there is no kernel or it does not fit
 */
export function quickResize(raster: Raster, down: Taps, across: Taps, result: Raster): boolean {
  const kernel = openKernel<Kernel>(RESIZE);
  const most = (taps: Taps) => Math.max(...taps.weights.map(({ length }) => length));
  const lines = most(down);
  const n = lines + most(across);
  if (!kernel || n > MOST_TAPS) return false;
  const sure = 0.5 - 2 * (n + 4) * 2 ** -24 * 255;

  // Four pixels are done at a time; what a stride holds beyond the row is never looked at.
  const stride = Math.ceil(raster.width / 4) * 16;
  const tapCount = across.weights.reduce((sum, { length }) => sum + length, 0);
  let bytes = 0;
  const place = (length: number) => {
    const at = bytes;
    bytes += Math.ceil(length / 16) * 16;
    return at;
  };
  const source = place(lines * stride);
  const row = place(4 * stride);
  const rowWeights = place(4 * lines);
  const taps = place(8 * result.width);
  const weights = place(4 * tapCount);
  const out = place(4 * result.width);
  const list = place(4 * result.width);
  if (bytes > MOST_BYTES) return false;
  const { memory } = kernel;
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));

  const { buffer } = memory;
  const all = new Uint8Array(buffer);
  const pairs = new Uint32Array(buffer, taps, 2 * result.width);
  const columnWeights = new Float32Array(buffer, weights, tapCount);
  const lineWeights = new Float32Array(buffer, rowWeights, lines);
  const named = new Uint32Array(buffer, list, result.width);
  const picked = all.subarray(out, out + 4 * result.width);
  let done = 0;
  for (const [x, own] of across.weights.entries()) {
    columnWeights.set(own, done);
    done += own.length;
    pairs[2 * x] = row + 16 * across.first[x];
    pairs[2 * x + 1] = weights + 4 * done;
  }

  const line = raster.width * 4;
  for (let y = 0; y < result.height; y += 1) {
    const own = down.weights[y];
    const first = down.first[y];
    lineWeights.set(own);
    for (let k = 0; k < own.length; k += 1) {
      const from = (first + k) * line;
      all.set(raster.data.subarray(from, from + line), source + k * stride);
    }
    kernel.rows(source, stride, own.length, rowWeights, row);
    const inDoubt = kernel.columns(result.width, taps, weights, out, list, sure);
    const start = y * result.width * 4;
    result.data.set(picked, start);
    for (let i = 0; i < inDoubt; i += 1) {
      exactly(raster, first, own, across, named[i], result.data, start);
    }
  }
  return true;
}

/** One pixel in double precision, operation for operation as `resizeOpaque` does it. */
function exactly(
  { width, data }: Raster,
  first: number,
  lines: Float64Array,
  across: Taps,
  x: number,
  out: Uint8ClampedArray,
  start: number,
): void {
  const weights = across.weights[x];
  for (let channel = 0; channel < 3; channel += 1) {
    let sum = 0;
    for (let j = 0; j < weights.length; j += 1) {
      const at = (first * width + across.first[x] + j) * 4 + channel;
      let column = 0;
      for (let k = 0; k < lines.length; k += 1) column += lines[k] * data[at + k * width * 4];
      sum += weights[j] * column;
    }
    out[start + x * 4 + channel] = Math.floor(sum + 0.5);
  }
}
