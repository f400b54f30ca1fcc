import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowResExtent, MODEL_SIDE, modelInputSize, toModel } from './model-space.ts';

const side = fc.integer({ min: 1, max: 20000 });

test('the longest side becomes 1024, the other keeps the shape', () => {
  expect(modelInputSize({ width: 481, height: 321 })).toEqual({ width: 1024, height: 683 });
  expect(modelInputSize({ width: 3000, height: 4000 })).toEqual({ width: 768, height: 1024 });
  expect(modelInputSize({ width: 5000, height: 1 })).toEqual({ width: 1024, height: 1 });
});

test('the corner of the photo is the corner of its part of the input', () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const input = modelInputSize({ width, height });
      expect(Math.max(input.width, input.height)).toBe(MODEL_SIDE);
      const corner = toModel({ x: width, y: height }, { width, height });
      expect(corner.x).toBeCloseTo(input.width, 6);
      expect(corner.y).toBeCloseTo(input.height, 6);
    }),
  );
});

test('a quarter of the input is the part of the logits that counts', () => {
  expect(lowResExtent({ width: 481, height: 321 })).toEqual({ width: 256, height: 170.75 });
});
