import { expect, test } from 'vitest';
import { createMask } from '../../mask/mask.ts';
import { drawnMask } from '../../mask/testing/masks.ts';
import { createRaster } from '../../raster/raster.ts';
import { drawOverlay, OVERLAY_SIDE, overlaySize } from './overlay.ts';

const grey = (width: number, height: number) => {
  const raster = createRaster(width, height);
  raster.data.fill(100);
  return raster;
};
const pixel = (raster: ReturnType<typeof grey>, x: number, y: number) => {
  const at = (y * raster.width + x) * 4;
  return [...raster.data.subarray(at, at + 3)];
};

test('inside is tinted, the border is drawn on both sides, the rest is the picture', () => {
  const mask = drawnMask('.......', '.#####.', '.#####.', '.#####.', '.......', '.......');
  const raster = grey(7, 6);
  drawOverlay(raster, mask);
  expect(pixel(raster, 3, 2)).toEqual([162, 76, 120]);
  expect(pixel(raster, 1, 1)).toEqual([255, 40, 150]);
  expect(pixel(raster, 3, 0)).toEqual([255, 255, 255]);
  expect(pixel(raster, 3, 5)).toEqual([100, 100, 100]);
});

test('a single pixel is seen however small the overlay', () => {
  const mask = createMask(4000, 3000);
  mask.data[4000 * 1501 + 2003] = 1;
  const size = overlaySize(mask);
  expect(size).toEqual({ width: OVERLAY_SIDE, height: 600 });
  const raster = grey(size.width, size.height);
  drawOverlay(raster, mask);
  expect(pixel(raster, 400, 300)).toEqual([255, 40, 150]);
});

test('a small picture is not enlarged; a thin one keeps a pixel', () => {
  expect(overlaySize({ width: 20, height: 10 })).toEqual({ width: 20, height: 10 });
  expect(overlaySize({ width: 16_000, height: 2 })).toEqual({ width: 800, height: 1 });
});
