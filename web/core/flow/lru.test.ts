import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLru } from './lru.ts';

test('forgets what was used longest ago', () => {
  const lru = createLru<number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  lru.get('a');
  lru.set('c', 3);
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
});

test('keeps the newest entry even when it alone is too heavy', () => {
  const lru = createLru<number>(10, (value) => value);
  lru.set('small', 3);
  lru.set('huge', 50);
  expect([lru.has('small'), lru.get('huge')]).toEqual([false, 50]);
  lru.set('small', 3);
  expect([lru.has('huge'), lru.get('small')]).toEqual([false, 3]);
});

test('never weighs more than allowed and always has the newest', () => {
  const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const lru = createLru<number>(8, (value) => value);
      for (const [key, value] of entries) {
        lru.set(key, value);
        expect(lru.get(key)).toBe(value);
        const kept = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => lru.get(name) ?? []);
        expect(kept.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(8);
      }
    }),
  );
});
