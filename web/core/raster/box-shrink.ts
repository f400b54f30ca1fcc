import { createRaster, type Raster, wordsOf } from './raster.ts';

/** The largest block whose sums have room in 16 bits. */
export const LARGEST_BLOCK = 16;

/**
 * Averages blocks of `factor` × `factor` pixels, each channel rounded half up: a quick first step
 * towards a much smaller picture. A last column or row of incomplete blocks is left out.
 * @param raster opaque; the result is too
 * @param factor whole, from 1 to the shorter side and to `LARGEST_BLOCK`
 */
export function boxShrink(raster: Raster, factor: number): Raster {
  const { width, height } = raster;
  const small = createRaster(Math.floor(width / factor), Math.floor(height / factor));
  const pixels = wordsOf(raster);
  const area = factor * factor;
  const half = area >> 1;
  for (let y = 0, to = 0; y < small.height; y += 1) {
    const top = y * factor * width;
    for (let x = 0; x < small.width; x += 1, to += 4) {
      // Red in the lower half of the word, blue in the upper.
      let redBlue = 0;
      let green = 0;
      for (let line = 0; line < factor; line += 1) {
        const from = top + line * width + x * factor;
        for (let at = from; at < from + factor; at += 1) {
          const pixel = pixels[at];
          redBlue = (redBlue + (pixel & 0xff00ff)) | 0;
          green += (pixel >>> 8) & 0xff;
        }
      }
      small.data[to] = (((redBlue & 0xffff) + half) / area) | 0;
      small.data[to + 1] = ((green + half) / area) | 0;
      small.data[to + 2] = (((redBlue >>> 16) + half) / area) | 0;
      small.data[to + 3] = 255;
    }
  }
  return small;
}
