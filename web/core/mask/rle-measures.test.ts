import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskBounds } from './bounds.ts';
import { createMask, fullMask, maskArea } from './mask.ts';
import { encodeRle } from './rle.ts';
import { rleArea, rleBounds } from './rle-measures.ts';
import { blockMask, drawnMask } from './testing/masks.ts';

const side = fc.integer({ min: 1, max: 14 });
const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 200, size: 'max' }),
  })
  .map(blockMask);

test('area and bounds of run lengths are those of the pixels', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const counts = encodeRle(mask);
      expect(rleArea(counts)).toBe(maskArea(mask));
      expect(rleBounds(counts, mask.height)).toEqual(maskBounds(mask));
    }),
    { numRuns: 300 },
  );
});

test('a run into the next column spans the height, an empty mask has no bounds', () => {
  const corner = encodeRle(drawnMask('.#', '..', '#.'));
  expect(corner).toEqual([2, 2, 2]);
  expect(rleBounds(corner, 3)).toEqual({ x0: 0, y0: 0, x1: 2, y1: 3 });
  expect(rleBounds(encodeRle(fullMask(3, 2)), 2)).toEqual({ x0: 0, y0: 0, x1: 3, y1: 2 });
  expect(rleBounds(encodeRle(createMask(3, 2)), 2)).toBeNull();
});
