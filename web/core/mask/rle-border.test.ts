import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullMask } from './mask.ts';
import { encodeRle } from './rle.ts';
import { rleBorderPixels } from './rle-border.ts';
import { blockMask, drawnMask } from './testing/masks.ts';

test('each side and each corner counts once', () => {
  const count = (...rows: string[]) => {
    const mask = drawnMask(...rows);
    return rleBorderPixels(encodeRle(mask), mask);
  };
  expect(count('...', '.#.', '...')).toBe(0);
  expect(count('##.', '##.', '...')).toBe(3);
  expect(count('..#', '...', '#..')).toBe(2);
  expect(count('###')).toBe(3);
  expect(count('#', '.', '#')).toBe(2);
  expect(rleBorderPixels(encodeRle(fullMask(4, 3)), { width: 4, height: 3 })).toBe(10);
});

test('it equals counting the drawn pixels', () => {
  const plan = fc.record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
  });
  fc.assert(
    fc.property(plan, (chosen) => {
      const mask = blockMask(chosen);
      const { width, height } = mask;
      const drawn = mask.data.filter((inside, i) => {
        const x = i % width;
        const y = Math.floor(i / width);
        return inside === 1 && (x === 0 || y === 0 || x === width - 1 || y === height - 1);
      }).length;
      expect(rleBorderPixels(encodeRle(mask), mask)).toBe(drawn);
    }),
  );
});
