import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameOf, lowResExtent, MODEL_SIDE, toModel } from './model-space.ts';
import { TIER_GRIDS, TIERS } from './tiers.ts';

const side = fc.integer({ min: 1, max: 20000 });

test('the longest side becomes 1024, the other keeps the shape', () => {
  const inputOf = (width: number, height: number) => frameOf({ width, height }, 'best').input;
  expect(inputOf(481, 321)).toEqual({ width: 1024, height: 683 });
  expect(inputOf(3000, 4000)).toEqual({ width: 768, height: 1024 });
  expect(inputOf(5000, 1)).toEqual({ width: 1024, height: 1 });
});

test('only the reference pads to a square, the others to whole cells', () => {
  const photo = { width: 481, height: 321 };
  expect(frameOf(photo, 'reference').grid).toEqual({ width: 1024, height: 1024 });
  expect(frameOf(photo, 'best').grid).toEqual({ width: 1024, height: 688 });
});

test('in every tier the corner of the photo is the corner of its part of the input', () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom(...TIERS), (width, height, tier) => {
      const frame = frameOf({ width, height }, tier);
      const { input, grid } = frame;
      expect(Math.max(input.width, input.height)).toBe(TIER_GRIDS[tier].longSide);
      const corner = toModel({ x: width, y: height }, frame);
      expect(corner.x).toBeCloseTo(input.width, 6);
      expect(corner.y).toBeCloseTo(input.height, 6);
      for (const axis of ['width', 'height'] as const) {
        expect(grid[axis] % 16).toBe(0);
        expect(grid[axis]).toBeGreaterThanOrEqual(input[axis]);
        expect(grid[axis]).toBeLessThanOrEqual(MODEL_SIDE);
      }
    }),
  );
});

test('a quarter of the input is the part of the logits that counts', () => {
  expect(lowResExtent(frameOf({ width: 481, height: 321 }, 'best'))).toEqual({
    width: 256,
    height: 170.75,
  });
});
