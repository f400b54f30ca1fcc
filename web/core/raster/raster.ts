/**
 * A decoded picture: RGBA, 8 bits a channel, straight (not premultiplied) alpha, row-major,
 * top-left first. `data.length === width * height * 4`. `ImageData` satisfies this shape.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Makes a raster over `data`, or an all-zero one.
 * @throws RangeError when a side is not a positive integer or `data` has another length.
 */
export function createRaster(
  width: number,
  height: number,
  data?: Uint8ClampedArray<ArrayBuffer>,
): Raster {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A raster needs positive whole sides, got ${width} × ${height}.`);
  }
  const length = width * height * 4;
  if (data && data.length !== length) {
    throw new RangeError(
      `A ${width} × ${height} raster needs ${length} bytes, got ${data.length}.`,
    );
  }
  return { width, height, data: data ?? new Uint8ClampedArray(length) };
}

/**
 * Pixels as 32-bit words: red in the lowest byte, alpha in the highest, as every machine with a
 * browser has them. A copy where the bytes do not begin at a word.
 */
export function wordsOf({ data }: Raster): Int32Array {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(buffer, byteOffset, length / 4);
}
