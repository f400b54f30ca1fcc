import { expect, test } from 'vitest';
import { type Orientation, orient } from './orient.ts';
import { createRaster, type Raster } from './raster.ts';

/** A 3 × 2 picture whose pixels are named by their red value: 1 2 3 over 4 5 6. */
function stored(): Raster {
  const raster = createRaster(3, 2);
  for (let i = 0; i < 6; i += 1) raster.data.set([i + 1, 10 * i, 7, 255 - i], i * 4);
  return raster;
}

function rows({ width, height, data }: Raster): string {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 4]).join(''),
  ).join(' ');
}

test.each<[Orientation, string]>([
  [1, '123 456'],
  [2, '321 654'],
  [3, '654 321'],
  [4, '456 123'],
  [5, '14 25 36'],
  [6, '41 52 63'],
  [7, '63 52 41'],
  [8, '36 25 14'],
])('orientation %i shows %s', (orientation, expected) => {
  expect(rows(orient(stored(), orientation))).toBe(expected);
});

test('all four bytes of a pixel move together', () => {
  expect([...orient(stored(), 3).data.subarray(0, 4)]).toEqual([6, 50, 7, 250]);
});

test('a picture that does not start at a multiple of four bytes is turned too', () => {
  const memory = new Uint8ClampedArray(26);
  memory.set(stored().data, 1);
  const shifted = createRaster(3, 2, memory.subarray(1, 25));
  expect(rows(orient(shifted, 6))).toBe('41 52 63');
});

test('an upright picture is not copied', () => {
  const raster = stored();
  expect(orient(raster, 1)).toBe(raster);
});
