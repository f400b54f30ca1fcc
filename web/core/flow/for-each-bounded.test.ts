import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachBounded } from './for-each-bounded.ts';

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};

test('items begin in order, within both bounds, and each is worked on once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          weight: fc.integer({ min: 1, max: 9 }),
          time: fc.integer({ max: 20, min: 0 }),
        }),
        { maxLength: 25 },
      ),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      async (list, items, weight) => {
        const begun: number[] = [];
        let load = 0;
        let count = 0;
        const indexed = list.map((item, index) => ({ ...item, index }));
        const bounds = { items, weight, weigh: (item: { weight: number }) => item.weight };
        await forEachBounded(indexed, bounds, async (item) => {
          begun.push(item.index);
          count++;
          load += item.weight;
          expect(count).toBeLessThanOrEqual(items);
          expect(load <= weight || count === 1).toBe(true);
          await turns(item.time);
          count--;
          load -= item.weight;
        });
        expect(count).toBe(0);
        expect(begun).toEqual(indexed.map(({ index }) => index));
      },
    ),
  );
});

const light = { items: 2, weight: 10, weigh: () => 1 };

test('once stopped nothing is begun, and what was begun is waited for', async () => {
  const ended: number[] = [];
  let isStopped = false;
  await forEachBounded([1, 2, 3, 4], { ...light, isStopped: () => isStopped }, async (item) => {
    await turns(item);
    if (item === 2) isStopped = true;
    await turns(5);
    ended.push(item);
  });
  expect(ended.sort()).toEqual([1, 2]);
});

test('an error ends the work and is thrown after what was begun has ended', async () => {
  const ended: number[] = [];
  const all = forEachBounded([1, 2, 3, 4], light, async (item) => {
    await turns(9 * item);
    if (item === 1) throw new Error('broken');
    ended.push(item);
  });
  await expect(all).rejects.toThrow('broken');
  expect(ended).toContain(2);
  expect(ended).not.toContain(4);
});
