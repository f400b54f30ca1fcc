import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickResize } from './quick-resize.ts';
import { createRaster, type Raster } from './raster.ts';
import { resizeOpaque } from './resize-opaque.ts';
import { triangleTaps } from './triangle-taps.ts';

const side = fc.integer({ min: 1, max: 90 });
const size = fc.record({ width: side, height: side });

/** Noise, or few levels, which come to lie exactly between two levels when halved. */
function picture(
  { width, height }: { width: number; height: number },
  levels: number,
  seed: number,
) {
  const raster = createRaster(width, height);
  let state = seed;
  raster.data.forEach((_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    raster.data[i] = i % 4 === 3 ? 255 : ((state >>> 16) % levels) * Math.floor(255 / (levels - 1));
  });
  return raster;
}

function bothWays(from: Raster, to: { width: number; height: number }, antialias: boolean) {
  const down = triangleTaps(from.height, to.height, antialias);
  const across = triangleTaps(from.width, to.width, antialias);
  const [quick, slow] = [createRaster(to.width, to.height), createRaster(to.width, to.height)];
  resizeOpaque(from, down, across, slow);
  return { done: quickResize(from, down, across, quick), quick, slow };
}

/** Compared as one value: a difference in thousands of bytes should not be printed. */
const bytesOf = ({ data }: Raster) => Buffer.from(data.buffer).toString('base64');

test('the same bytes as in double precision, at any sizes', () => {
  fc.assert(
    fc.property(
      fc.record({
        from: size,
        to: size,
        levels: fc.constantFrom(2, 3, 6, 18, 256),
        seed: fc.integer(),
        antialias: fc.boolean(),
      }),
      ({ from, to, levels, seed, antialias }) => {
        const { done, quick, slow } = bothWays(picture(from, levels, seed), to, antialias);
        if (done) expect(bytesOf(quick) === bytesOf(slow)).toBe(true);
        else expect(from.width / to.width + from.height / to.height).toBeGreaterThan(40);
      },
    ),
    { numRuns: 300 },
  );
});

test('a photo’s size, memory grown, and a small one after it', () => {
  for (const [from, to] of [
    [
      { width: 3001, height: 500 },
      { width: 976, height: 163 },
    ],
    [
      { width: 7, height: 5 },
      { width: 3, height: 2 },
    ],
    [
      { width: 640, height: 480 },
      { width: 320, height: 240 },
    ],
    [
      { width: 300, height: 200 },
      { width: 976, height: 651 },
    ],
  ]) {
    const { done, quick, slow } = bothWays(picture(from, 256, 7), to, true);
    expect(done).toBe(true);
    expect(bytesOf(quick) === bytesOf(slow)).toBe(true);
  }
});

test('too many taps for single precision are left to the slow way', () => {
  const { done, quick } = bothWays(
    picture({ width: 90, height: 90 }, 256, 3),
    { width: 1, height: 1 },
    true,
  );
  expect(done).toBe(false);
  expect(quick.data.every((byte) => byte === 0)).toBe(true);
});
