import { expect, test } from 'vitest';
import type { Split } from '../export/annotations/splits.ts';
import { type BalanceItem, classBalance, remarkOnBalance } from './health-balance.ts';

const items = (className: string, photos: readonly string[], made = true): BalanceItem[] =>
  photos.map((photo) => ({ className, photo, made }));

const SPLITS = new Map<string, Split>([
  ['a', 'train'],
  ['b', 'train'],
  ['c', 'val'],
]);

test('variants, photos and splits are counted by class', () => {
  const balance = classBalance(
    [...items('cat', ['a', 'a', 'b', 'c']), ...items('dog', ['a'], false)],
    SPLITS,
  );
  expect(balance).toEqual([
    {
      className: 'cat',
      photos: 3,
      variants: 4,
      splits: { train: { photos: 2, variants: 3 }, val: { photos: 1, variants: 1 } },
    },
    {
      className: 'dog',
      photos: 0,
      variants: 0,
      splits: { train: { photos: 0, variants: 0 }, val: { photos: 0, variants: 0 } },
    },
  ]);
});

test('a class without variants, one missing in a split and a rare one stand out', () => {
  const many = Array.from({ length: 15 }, () => ['a', 'c']).flat();
  const balance = classBalance(
    [
      ...items('common', many),
      ...items('rare', ['a', 'c']),
      ...items('train only', ['a', 'b', 'b']),
      ...items('never', ['a'], false),
    ],
    SPLITS,
  );
  expect(remarkOnBalance(balance)).toEqual([
    { kind: 'class-rare', className: 'rare', variants: 2, most: 30 },
    { kind: 'class-missing-in-split', className: 'train only', split: 'val' },
    { kind: 'class-without-variants', className: 'never' },
  ]);
});

test('nothing is said where there is nothing to compare', () => {
  expect(remarkOnBalance(classBalance(items('cat', ['a'], false), SPLITS))).toEqual([]);
  // Validation has a share of 0: no class is in it, so none is missing there.
  expect(remarkOnBalance(classBalance(items('cat', ['a', 'b']), SPLITS))).toEqual([]);
  expect(remarkOnBalance([])).toEqual([]);
});
