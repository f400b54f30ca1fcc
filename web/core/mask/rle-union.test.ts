import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask } from './mask.ts';
import { encodeRle } from './rle.ts';
import { unionOfAll, unionRuns } from './rle-union.ts';
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

test('of any number it is the union of all', () => {
  const bits = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(fc.array(bits, { minLength: 1, maxLength: 9 }), (all) => {
      const masks = all.map((inside) => createMask(6, 4, Uint8Array.from(inside, Number)));
      expect(unionOfAll(masks.map(encodeRle))).toEqual(encodeRle(unionOf(masks)));
    }),
  );
});

test('runs of other pictures are refused', () => {
  expect(() => unionRuns([3], [4])).toThrow(RangeError);
});
