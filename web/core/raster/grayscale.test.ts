import { expect, test } from 'vitest';
import { isGrayscale } from './grayscale.ts';
import { createRaster } from './raster.ts';

test('a picture is grayscale until one channel of one pixel differs', () => {
  const raster = createRaster(3, 2);
  for (let i = 0; i < 6; i += 1) raster.data.set([i * 40, i * 40, i * 40, i], i * 4);
  expect(isGrayscale(raster)).toBe(true);
  for (const channel of [0, 1, 2]) {
    const coloured = createRaster(3, 2, raster.data.slice());
    coloured.data[5 * 4 + channel] += 1;
    expect(isGrayscale(coloured)).toBe(false);
  }
});
