import { createRaster, type Raster } from './raster.ts';

/** EXIF orientation (tag 0x0112): 1 is upright; 5 to 8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Pixels as 32-bit words, in whatever byte order: they are only moved. */
function words({ data }: Raster): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/**
 * Turns a picture as stored into the upright one. Orientation says where the stored picture's
 * first row and first column belong (Exif 2.32, 4.6.4): 1 top left, 2 top right, 3 bottom right,
 * 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom.
 *
 * @returns the same raster for 1, else a new one
 */
export function orient(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const { width, height } = raster;
  const swapped = orientation >= 5;
  const result = swapped ? createRaster(height, width) : createRaster(width, height);
  const from = words(raster);
  const to = words(result);
  const flipX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const flipY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  // Where stored pixel (0, 0) goes, and how far one stored step right or down moves it.
  const alongX = (swapped ? height : 1) * (flipX ? -1 : 1);
  const alongY = (swapped ? 1 : width) * (flipY ? -1 : 1);
  const origin = (flipX ? -alongX * (width - 1) : 0) + (flipY ? -alongY * (height - 1) : 0);
  for (let y = 0; y < height; y += 1) {
    let target = origin + y * alongY;
    for (let x = 0; x < width; x += 1, target += alongX) to[target] = from[y * width + x];
  }
  return result;
}
