import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask } from './mask.ts';
import { encodeRle } from './rle.ts';
import { unionRuns } from './rle-union.ts';
import { unionOf } from './union.ts';

test('is the run lengths of the union, also where runs are empty', () => {
  const bits = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
  const maskOf = (inside: readonly boolean[]) => createMask(6, 4, Uint8Array.from(inside, Number));
  fc.assert(
    fc.property(bits, bits, (a, b) => {
      const [left, right] = [maskOf(a), maskOf(b)];
      const expected = encodeRle(unionOf([left, right]));
      expect(unionRuns(encodeRle(left), encodeRle(right))).toEqual(expected);
      // Some tools write runs of no length between others.
      const padded = encodeRle(left).flatMap((run) => [run, 0, 0]);
      expect(unionRuns(padded, encodeRle(right))).toEqual(expected);
    }),
  );
});

test('runs of other pictures are refused', () => {
  expect(() => unionRuns([3], [4])).toThrow(RangeError);
});
