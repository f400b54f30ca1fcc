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

/** Number of pixels inside. */
export function maskArea(mask: Mask): number {
  const { data } = mask;
  let area = 0;
  // An indexed loop takes a tenth of the time of the iterator.
  for (let pixel = 0; pixel < data.length; pixel += 1) area += data[pixel];
  return area;
}
