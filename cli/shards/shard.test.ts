import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jumpHash } from './jump-hash.ts';
import { isInShard, parseShard, shardFolder } from './shard.ts';

test('every key is in exactly one shard', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 200 }), (key, of) => {
      const shards = Array.from({ length: of }, (_, i) => isInShard(key, { index: i + 1, of }));
      expect(shards.filter(Boolean)).toHaveLength(1);
    }),
  );
});

test('one more shard takes its share of keys, and no key moves between the others', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.integer({ min: 1, max: 5000 }),
      (key, n) => {
        const before = jumpHash(key, n);
        const after = jumpHash(key, n + 1);
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThan(n);
        expect([before, n]).toContain(after);
      },
    ),
  );
});

test('shards are of about the same size', () => {
  const counts = new Array<number>(16).fill(0);
  for (let i = 0; i < 16_000; i++) {
    const key = `photo ${i}`;
    for (let s = 0; s < 16; s++) if (isInShard(key, { index: s + 1, of: 16 })) counts[s] += 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});

test('shards are counted from 1, and their folders sort in their order', () => {
  expect(parseShard('3/16')).toEqual({ index: 3, of: 16 });
  for (const text of ['0/16', '17/16', '3', '1.5/2', '-1/2', '3/16x']) {
    expect(() => parseShard(text)).toThrow(/names no shard/);
  }
  expect(shardFolder({ index: 3, of: 16 })).toBe('shard-03-of-16');
});
