import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from './embedding.ts';
import { toHalves } from './half.ts';
import {
  comparable,
  DESCRIPTOR_LENGTH,
  type Descriptor,
  describePhoto,
  likeness,
  NEAR_DUPLICATE,
} from './likeness.ts';

const WHOLE = { width: 64, height: 64 };

/** An embedding whose channels rise towards a direction of their own, and `beyond` outside. */
function embedding(turn: number, extent = WHOLE, beyond = 0): Uint16Array<ArrayBuffer> {
  const values = new Float32Array(EMBEDDING_LENGTH).fill(beyond);
  for (let channel = 0; channel < 256; channel++) {
    const angle = channel * 0.37 + turn;
    for (let y = 0; y < extent.height; y++) {
      for (let x = 0; x < extent.width; x++) {
        const u = (x + 0.5) / extent.width;
        const v = (y + 0.5) / extent.height;
        values[(channel * 64 + y) * 64 + x] = 3 + Math.sin(5 * u * Math.cos(angle) + 4 * v + angle);
      }
    }
  }
  return toHalves(values);
}

const likenessOf = (a: Descriptor, b: Descriptor) => likeness(comparable(a), comparable(b));

test('a photo is like itself, whatever its scale in the embedding and whatever lies beside it', () => {
  const whole = describePhoto(embedding(0), WHOLE);
  expect(whole).toHaveLength(DESCRIPTOR_LENGTH);
  expect(likenessOf(whole, whole)).toBeCloseTo(1, 10);
  const small = { width: 48, height: 32 };
  const shrunk = describePhoto(embedding(0, small, 90), small);
  expect(likenessOf(whole, shrunk)).toBeGreaterThan(0.99);
});

test('what is the same everywhere does not count: only where things are', () => {
  const plain = embedding(0);
  const lifted = toHalves(Float32Array.from(plain, () => 0));
  expect(likenessOf(describePhoto(plain, WHOLE), describePhoto(lifted, WHOLE))).toBe(0);
  const other = describePhoto(embedding(2), WHOLE);
  expect(likenessOf(describePhoto(plain, WHOLE), other)).toBeLessThan(NEAR_DUPLICATE);
});

test('sizes are checked at the door', () => {
  expect(() => describePhoto(new Uint16Array(5), WHOLE)).toThrow(/got 5/);
  expect(() => describePhoto(embedding(0), { width: 65, height: 4 })).toThrow(/got 65/);
  expect(() => describePhoto(embedding(0), { width: 4, height: 0 })).toThrow(/got 0/);
  expect(() => comparable(new Int8Array(3))).toThrow(/got 3/);
});

test('ending early never changes whether two photos are near-duplicates', () => {
  const seeds = fc.tuple(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }));
  const numbers = (seed: number) => {
    let state = seed | 1;
    return () => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      return ((state >> 16) % 100) / 2;
    };
  };
  fc.assert(
    fc.property(seeds, fc.double({ min: -1, max: 1, noNaN: true }), ([seed, mix], least) => {
      const next = numbers(seed);
      const a = Int8Array.from({ length: DESCRIPTOR_LENGTH }, next);
      const b = a.map((value) => Math.round(value * mix + next() * (1 - mix)));
      const [left, right] = [comparable(a), comparable(b)];
      const exact = likeness(left, right);
      const quick = likeness(left, right, least);
      expect(quick === -1 ? exact < least + 1e-12 : quick === exact).toBe(true);
      expect(likeness(right, left)).toBe(exact);
      expect(Math.abs(exact)).toBeLessThanOrEqual(1 + 1e-12);
    }),
    { numRuns: 40 },
  );
});
