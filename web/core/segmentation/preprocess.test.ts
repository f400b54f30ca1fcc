import { expect, test } from 'vitest';
import { createRaster } from '../raster/raster.ts';
import { MODEL_SIDE } from './model-space.ts';
import { imageTensor } from './preprocess.ts';

const PLANE = MODEL_SIDE * MODEL_SIDE;

function picture(width: number, height: number, ...bytes: number[]) {
  return createRaster(width, height, Uint8ClampedArray.from(bytes));
}

test('planes of red, green and blue, normalised, rows 1024 apart', () => {
  // Two columns, three rows: not square, so swapped axes would show.
  const tensor = imageTensor(
    picture(
      2,
      3,
      255,
      0,
      10,
      255,
      1,
      2,
      3,
      255,
      4,
      5,
      6,
      255,
      7,
      8,
      9,
      255,
      50,
      60,
      70,
      255,
      0,
      0,
      0,
      255,
    ),
  );
  const at = (channel: number, x: number, y: number) =>
    tensor[channel * PLANE + y * MODEL_SIDE + x];
  expect(at(0, 0, 0)).toBeCloseTo((255 - 123.675) / 58.395, 6);
  expect(at(1, 0, 0)).toBeCloseTo((0 - 116.28) / 57.12, 6);
  expect(at(2, 0, 0)).toBeCloseTo((10 - 103.53) / 57.375, 6);
  expect(at(0, 1, 0)).toBeCloseTo((1 - 123.675) / 58.395, 6);
  expect(at(1, 0, 2)).toBeCloseTo((60 - 116.28) / 57.12, 6);
});

test('zeros right and below', () => {
  const tensor = imageTensor(picture(1, 1, 9, 9, 9, 255));
  const written = new Set([0, PLANE, 2 * PLANE]);
  expect(tensor).toHaveLength(3 * PLANE);
  expect(tensor.every((value, i) => (value !== 0) === written.has(i))).toBe(true);
});

test('a transparent pixel is like padding whatever colour hides in it', () => {
  const tensor = imageTensor(picture(2, 1, 200, 3, 90, 0, 200, 3, 90, 51));
  expect(tensor[0]).toBe(0);
  expect(tensor[1]).toBeCloseTo(((200 - 123.675) / 58.395) * 0.2, 6);
});

test('a picture over 1024 is refused in a sentence with its size', () => {
  expect(() => imageTensor(createRaster(1025, 7))).toThrow('1025 × 7');
});
