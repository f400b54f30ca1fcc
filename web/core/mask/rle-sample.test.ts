import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRle } from './rle.ts';
import { sampleRle } from './rle-sample.ts';
import { blockMask, drawnMask } from './testing/masks.ts';

test('the middle of each cell decides', () => {
  const mask = drawnMask('.....', '.###.', '.###.', '.###.', '.....');
  expect(sampleRle(encodeRle(mask), mask, { width: 3, height: 3 })).toEqual(
    drawnMask('...', '.#.', '...'),
  );
  expect(sampleRle(encodeRle(mask), mask, { width: 1, height: 1 })).toEqual(drawnMask('#'));
});

test('run lengths that end early leave the rest outside', () => {
  const size = { width: 3, height: 2 };
  expect(sampleRle([1, 2], size, size)).toEqual(drawnMask('.#.', '#..'));
  expect(sampleRle([], size, size)).toEqual(drawnMask('...', '...'));
});

test('at full size it is the mask itself, at any size its nearest pixels', () => {
  const side = fc.integer({ min: 1, max: 12 });
  const plan = fc.record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
  });
  fc.assert(
    fc.property(plan, fc.record({ width: side, height: side }), (chosen, target) => {
      const mask = blockMask(chosen);
      const counts = encodeRle(mask);
      expect(sampleRle(counts, mask, mask)).toEqual(mask);
      const sampled = sampleRle(counts, mask, target);
      for (let y = 0; y < target.height; y++) {
        for (let x = 0; x < target.width; x++) {
          const sx = Math.floor(((x + 0.5) * mask.width) / target.width);
          const sy = Math.floor(((y + 0.5) * mask.height) / target.height);
          expect(sampled.data[y * target.width + x]).toBe(mask.data[sy * mask.width + sx]);
        }
      }
    }),
  );
});
