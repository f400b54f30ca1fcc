import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlikePair, groupDuplicates } from './health-duplicates.ts';

const pair = (a: string, b: string, likeness = 0.9): AlikePair => ({ a, b, likeness });

test('a burst is one group, in the dataset’s order, with its closest pair', () => {
  const groups = groupDuplicates(
    ['a', 'b', 'c', 'd', 'e', 'f'],
    [pair('f', 'd', 0.85), pair('b', 'a', 0.83), pair('d', 'b', 0.97)],
  );
  expect(groups).toEqual([{ photos: ['a', 'b', 'd', 'f'], likeness: 0.97 }]);
});

test('nothing alike is no group, and photos that are gone are left out', () => {
  expect(groupDuplicates(['a', 'b'], [])).toEqual([]);
  expect(groupDuplicates(['a', 'b'], [pair('a', 'gone'), pair('b', 'b')])).toEqual([]);
});

test('two photos share a group exactly when pairs lead from one to the other', () => {
  const order = Array.from({ length: 12 }, (_, i) => `photo ${i}`);
  const pairs = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 })),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(pairs, (links) => {
      const groups = groupDuplicates(
        order,
        links.map(([a, b]) => pair(order[a], order[b])),
      );
      // Warshall's closure, the slow and obvious way.
      const reach = order.map((_, i) => order.map((_, j) => i === j));
      for (const [a, b] of links) reach[a][b] = reach[b][a] = true;
      for (let k = 0; k < 12; k++) {
        for (let i = 0; i < 12; i++) {
          for (let j = 0; j < 12; j++) reach[i][j] ||= reach[i][k] && reach[k][j];
        }
      }
      const groupOf = (hash: string) => groups.findIndex(({ photos }) => photos.includes(hash));
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j < i; j++) {
          const together = groupOf(order[i]) >= 0 && groupOf(order[i]) === groupOf(order[j]);
          expect(together).toBe(reach[i][j]);
        }
      }
      expect(groups.every(({ photos }) => photos.length > 1)).toBe(true);
    }),
  );
});
