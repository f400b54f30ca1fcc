/**
 * Per-pixel membership in image space: 1 inside, 0 outside, row-major, top-left first.
 * `data.length === width * height`. The bitmap is the truth; polygons are a view of it.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Makes a mask over `data`, or an empty one.
 * @throws RangeError when a side is not a positive integer or `data` has another length.
 */
export function createMask(width: number, height: number, data?: Uint8Array<ArrayBuffer>): Mask {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A mask needs positive whole sides, got ${width} × ${height}.`);
  }
  if (data && data.length !== width * height) {
    throw new RangeError(
      `A ${width} × ${height} mask needs ${width * height} bytes, got ${data.length}.`,
    );
  }
  return { width, height, data: data ?? new Uint8Array(width * height) };
}

/** A mask with every pixel inside: what `whole-image` placement uses. */
export function fullMask(width: number, height: number): Mask {
  const mask = createMask(width, height);
  mask.data.fill(1);
  return mask;
}

/** Words of four pixels that are added up before a byte of the sum could overflow. */
const MOST_WORDS = 255;

/** Number of pixels inside. */
export function maskArea({ data }: Mask): number {
  // Four pixels at a time; a copy where the pixels do not begin at a word.
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  const words = new Int32Array(buffer, byteOffset, length >> 2);
  let area = 0;
  for (let start = 0; start < words.length; start += MOST_WORDS) {
    const end = Math.min(start + MOST_WORDS, words.length);
    let sums = 0;
    for (let i = start; i < end; i += 1) sums = (sums + words[i]) | 0;
    area += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
  }
  for (let pixel = 4 * words.length; pixel < length; pixel += 1) area += data[pixel];
  return area;
}

/** Whether no pixel is inside. */
export function isEmptyMask({ data }: Mask): boolean {
  return !data.includes(1);
}
