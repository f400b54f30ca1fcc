import { describe, expect, test } from 'vitest';
import { lowerNormalQuantile, normalLevels } from './gaussian.ts';
import { noiseSource } from './noise.ts';
import { fnv1a64, layerSeed, seedToHex } from './seed.ts';
import { threefry2x32 } from './threefry.ts';

describe('Threefry-2x32-20', () => {
  // Random123, tests/kat_vectors: counter, key, result.
  test.each([
    [[0, 0], [0, 0], '6b200159 99ba4efe'],
    [[-1, -1], [-1, -1], '1cb996fc bb002be7'],
    [[0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344], 'c4923a9c 483df7a0'],
  ])('counter %j, key %j', ([counter0, counter1], [key0, key1], expected) => {
    const words = new Int32Array(2);
    threefry2x32(counter0 | 0, counter1 | 0, key0, key1, words);
    expect([...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ')).toBe(
      expected,
    );
  });
});

describe('normal levels', () => {
  // Python 3.11: statistics.NormalDist().inv_cdf.
  test.each([
    [0.5, 0],
    [0.25, -0.674489750196082],
    [0.025, -1.95996398454005],
    [0.001, -3.09023230616781],
    [1e-9, -5.99780701500769],
  ])('the quantile of %d is %d', (p, z) => {
    expect(lowerNormalQuantile(p)).toBeCloseTo(z, 13);
  });

  test('are 65,536 rising values with mean 0 and variance 1', () => {
    const levels = normalLevels();
    let sum = 0;
    let squares = 0;
    for (const z of levels) {
      sum += z;
      squares += z * z;
    }
    expect(levels.every((z, i) => i === 0 || z > levels[i - 1])).toBe(true);
    expect(levels.every((z, i) => z === -levels[levels.length - 1 - i])).toBe(true);
    expect(levels).toHaveLength(65_536);
    expect(Math.abs(sum)).toBeLessThan(1e-9);
    expect(squares / 65_536).toBeCloseTo(1, 12);
    expect(levels[65_535]).toBeCloseTo(4.32, 1);
  });
});

describe('noise', () => {
  const sampleOf = (seed: { high: number; low: number }, pixel: number) => {
    const out = new Float64Array(3);
    noiseSource(seed, 1).samples(pixel, out);
    return [...out];
  };

  test('depends on seed, pixel and channel, and on nothing before it', () => {
    const seed = { high: 1, low: 2 };
    const source = noiseSource(seed, 1);
    const out = new Float64Array(3);
    source.samples(99, out);
    source.samples(7, out);
    expect([...out]).toEqual(sampleOf(seed, 7));
    expect(new Set([...sampleOf(seed, 7), ...sampleOf(seed, 8)]).size).toBe(6);
    expect(sampleOf({ high: 2, low: 1 }, 7)).not.toEqual(sampleOf(seed, 7));
    expect(sampleOf(seed, 7 + 2 ** 32)).not.toEqual(sampleOf(seed, 7));
  });

  test('a run gets what its pixels get one by one, also over 2³¹ and beyond 2³²', () => {
    const seed = { high: 0xdeadbeef, low: 0x80000001 };
    for (const pixel of [0, 2 ** 31 - 2, 2 ** 32 + 5, 3 * 2 ** 32 - 4]) {
      const run = new Float64Array(12);
      noiseSource(seed, 4).samples(pixel, run);
      expect([...run]).toEqual([0, 1, 2, 3].flatMap((i) => sampleOf(seed, pixel + i)));
    }
  });

  test('channels and neighbours are not correlated, moments are a normal variable’s', () => {
    const source = noiseSource({ high: 0, low: 42 }, 1);
    const n = 60_000;
    const out = new Float64Array(3);
    const previous = new Float64Array(3);
    const sums = { mean: 0, square: 0, cube: 0, fourth: 0, channels: 0, neighbours: 0 };
    for (let pixel = 0; pixel < n; pixel += 1) {
      source.samples(pixel, out);
      const [r, g, b] = out;
      sums.mean += r + g + b;
      sums.square += r * r + g * g + b * b;
      sums.cube += r ** 3 + g ** 3 + b ** 3;
      sums.fourth += r ** 4 + g ** 4 + b ** 4;
      sums.channels += r * g + g * b + b * r;
      sums.neighbours += r * previous[0] + g * previous[1] + b * previous[2];
      previous.set(out);
    }
    const samples = 3 * n;
    // Five standard errors: √(1, 2, 15, 96, 1, 1) / √samples each.
    const error = 5 / Math.sqrt(samples);
    expect(Math.abs(sums.mean / samples)).toBeLessThan(error);
    expect(Math.abs(sums.square / samples - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(sums.cube / samples)).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(sums.fourth / samples - 3)).toBeLessThan(error * Math.sqrt(96));
    expect(Math.abs(sums.channels / samples)).toBeLessThan(error);
    expect(Math.abs(sums.neighbours / samples)).toBeLessThan(error);
  });
});

describe('seed', () => {
  // RFC 9923 and isthe.com/chongo/tech/comp/fnv, 64-bit FNV-1a.
  test.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('FNV-1a of "%s"', (text, expected) => {
    expect(seedToHex(fnv1a64(text))).toBe(expected);
  });

  test('text beyond ASCII is hashed as UTF-8', () => {
    for (const text of ['Mähne', '物', '🦔']) {
      const bytes = String.fromCharCode(...new TextEncoder().encode(text));
      let hash = 0xcbf29ce484222325n;
      for (const byte of bytes) {
        hash = BigInt.asUintN(64, (hash ^ BigInt(byte.charCodeAt(0))) * 0x100000001b3n);
      }
      expect(seedToHex(fnv1a64(text))).toBe(hash.toString(16).padStart(16, '0'));
    }
  });

  test('changes with component, area and image', () => {
    const seeds = [
      layerSeed('a', 10, 'ff'),
      layerSeed('b', 10, 'ff'),
      layerSeed('a', 11, 'ff'),
      layerSeed('a', 10, 'fe'),
    ].map(seedToHex);
    expect(new Set(seeds).size).toBe(4);
    expect(seeds[0]).toBe(seedToHex(fnv1a64('ff 10 a')));
  });
});
