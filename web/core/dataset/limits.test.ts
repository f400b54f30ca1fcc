import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, LIMIT_RANGES, MEGABYTE, readLimits } from './limits.ts';

test('stored limits come back, and what is wrong in them is the default', () => {
  const raised = { ...DEFAULT_LIMITS, images: 5000, fileBytes: 100 * MEGABYTE };
  expect(readLimits(raised)).toEqual(raised);
  expect(readLimits({ images: 5000 })).toEqual({ ...DEFAULT_LIMITS, images: 5000 });
  expect(readLimits({ images: 0, imagePixels: 'many', fileBytes: 1.5 })).toEqual(DEFAULT_LIMITS);
  expect(readLimits(null)).toEqual(DEFAULT_LIMITS);
});

test('whatever was stored, every limit is in its range', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const limits = readLimits(value);
      for (const [name, { min, max }] of Object.entries(LIMIT_RANGES)) {
        const limit = limits[name as keyof typeof limits];
        expect(limit).toBeGreaterThanOrEqual(min);
        expect(limit).toBeLessThanOrEqual(max);
      }
    }),
  );
});
