import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Split, splitPhotos } from './splits.ts';

const hash = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64, size: 'max' })
  .map((digits) => digits.join(''));
const hashes = fc.uniqueArray(hash, { maxLength: 60, size: 'max' });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const ratios = fc
  .integer({ min: 1, max: 99 })
  .map((percent) => ({ train: 1 - percent / 100, val: percent / 100 }));

const countOf = (splits: ReadonlyMap<string, Split>, wanted: Split) =>
  [...splits.values()].filter((split) => split === wanted).length;

test('every photo is in one split, and neither is empty from two photos on', () => {
  fc.assert(
    fc.property(hashes, ratios, seed, (photos, shares, seed) => {
      const splits = splitPhotos(photos, shares, seed);
      expect([...splits.keys()].toSorted()).toEqual(photos.toSorted());
      if (photos.length < 2) return;
      expect(countOf(splits, 'val')).toBeGreaterThan(0);
      expect(countOf(splits, 'train')).toBeGreaterThan(0);
      expect(Math.abs(countOf(splits, 'val') - photos.length * shares.val)).toBeLessThanOrEqual(1);
    }),
  );
});

test('order and repetition do not count', () => {
  fc.assert(
    fc.property(hashes, ratios, seed, (photos, shares, seed) => {
      expect(splitPhotos([...photos.toReversed(), ...photos], shares, seed)).toEqual(
        splitPhotos(photos, shares, seed),
      );
    }),
  );
});

test('one more photo moves at most one other', () => {
  fc.assert(
    fc.property(hashes, hash, ratios, seed, (photos, added, shares, seed) => {
      const before = splitPhotos(photos, shares, seed);
      const after = splitPhotos([...photos, added], shares, seed);
      const moved = photos.filter((photo) => before.get(photo) !== after.get(photo));
      expect(moved.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test('another seed chooses others', () => {
  const photos = Array.from({ length: 100 }, (_, i) =>
    (i * 7919).toString(16).padStart(8, '0').repeat(8),
  );
  const val = (seed: number) =>
    [...splitPhotos(photos, { train: 0.8, val: 0.2 }, seed)]
      .filter(([, split]) => split === 'val')
      .map(([photo]) => photo);
  expect(val(1)).toHaveLength(20);
  expect(val(1)).toEqual(val(1));
  const common = val(1).filter((photo) => val(2).includes(photo));
  expect(common.length).toBeLessThan(12);
});

test('a share of 0 is an empty split; one photo is for training', () => {
  const three = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
  expect(countOf(splitPhotos(three, { train: 1, val: 0 }, 1), 'val')).toBe(0);
  expect(countOf(splitPhotos(three, { train: 0, val: 1 }, 1), 'train')).toBe(0);
  expect(countOf(splitPhotos([three[0]], { train: 0.8, val: 0.2 }, 1), 'train')).toBe(1);
  expect(splitPhotos([], { train: 0.8, val: 0.2 }, 1).size).toBe(0);
});
