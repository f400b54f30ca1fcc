import { expect, test } from 'vitest';
import { createRaster } from '../raster/raster.ts';
import type { ModelFrame } from './model-space.ts';
import { imageTensor } from './preprocess.ts';

const GRID = { width: 32, height: 16 };
const PLANE = GRID.width * GRID.height;

function tensorOf(width: number, height: number, ...bytes: number[]) {
  const size = { width, height };
  const frame: ModelFrame = { photo: size, input: size, grid: GRID };
  return imageTensor(createRaster(width, height, Uint8ClampedArray.from(bytes)), frame);
}

test('planes of red, green and blue, normalised, rows as long as the grid is wide', () => {
  const opaque = (...colours: number[][]) => colours.flatMap((colour) => [...colour, 255]);
  // Two columns, three rows: not square, so swapped axes would show.
  const pixels = [
    [255, 0, 10],
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
    [50, 60, 70],
    [0, 0, 0],
  ];
  const tensor = tensorOf(2, 3, ...opaque(...pixels));
  const at = (channel: number, x: number, y: number) => tensor[channel * PLANE + y * 32 + x];
  expect(at(0, 0, 0)).toBeCloseTo((255 - 123.675) / 58.395, 6);
  expect(at(1, 0, 0)).toBeCloseTo((0 - 116.28) / 57.12, 6);
  expect(at(2, 0, 0)).toBeCloseTo((10 - 103.53) / 57.375, 6);
  expect(at(0, 1, 0)).toBeCloseTo((1 - 123.675) / 58.395, 6);
  expect(at(1, 0, 2)).toBeCloseTo((60 - 116.28) / 57.12, 6);
});

test('zeros right and below', () => {
  const tensor = tensorOf(1, 1, 9, 9, 9, 255);
  const written = new Set([0, PLANE, 2 * PLANE]);
  expect(tensor).toHaveLength(3 * PLANE);
  expect(tensor.every((value, i) => (value !== 0) === written.has(i))).toBe(true);
});

test('a transparent pixel is like padding whatever colour hides in it', () => {
  const tensor = tensorOf(2, 1, 200, 3, 90, 0, 200, 3, 90, 51);
  expect(tensor[0]).toBe(0);
  expect(tensor[1]).toBeCloseTo(((200 - 123.675) / 58.395) * 0.2, 6);
});

test('a picture of another size is refused in a sentence with both sizes', () => {
  const input = { width: 5, height: 7 };
  const frame: ModelFrame = { photo: input, input, grid: GRID };
  expect(() => imageTensor(createRaster(6, 7), frame)).toThrow('5 × 7 pixels, got 6 × 7');
});
