import { expect, test } from 'vitest';
import { frameOf } from './model-space.ts';
import { promptTensors } from './prompt-tensors.ts';

// The longest side is 512, so model coordinates are twice the photo's.
const FRAME = frameOf({ width: 512, height: 256 }, 'best');

test('points keep their order and end with one of padding', () => {
  const { coords, labels } = promptTensors(
    {
      points: [
        { x: 10.5, y: 20, include: true },
        { x: 300, y: 250, include: false },
      ],
      box: null,
    },
    FRAME,
  );
  expect([...coords]).toEqual([21, 40, 600, 500, 0, 0]);
  expect([...labels]).toEqual([1, 0, -1]);
});

test('a box adds its corners instead of padding, top left first however it was drawn', () => {
  const { coords, labels } = promptTensors(
    { points: [{ x: 1, y: 2, include: true }], box: { x0: 100, y0: 50, x1: 20, y1: 200 } },
    FRAME,
  );
  expect([...coords]).toEqual([2, 4, 40, 100, 200, 400]);
  expect([...labels]).toEqual([1, 2, 3]);
});
