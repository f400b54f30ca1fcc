import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { createNodeCodecs } from '../node.ts';
import { PNG_SUITE } from '../testing/go-images.ts';
import { gradient, translucent } from '../testing/pictures.ts';
import { decodeImage } from './decode-image.ts';

const codecs = createNodeCodecs();
const LIMITS = { imagePixels: 1_000_000 };

const FORMATS = {
  jpeg: () => codecs.jpeg.encode(gradient(48, 31), 85),
  png: () => codecs.png.encode(translucent(48, 31)),
  'lossy webp': () => codecs.webp.encode(translucent(48, 31), 80),
  'lossless webp': () => codecs.webp.encode(translucent(48, 31), 'lossless'),
};

/** Overwrites, cuts or doubles parts of a file, as broken disks and fuzzers do. */
function broken(file: Bytes): fc.Arbitrary<Bytes> {
  const place = fc.nat(file.length - 1);
  return fc
    .tuple(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 12 }), place, place, fc.nat(2))
    .map(([changes, a, b, cut]) => {
      const copy = file.slice();
      for (const [at, value] of changes) copy[at] = value;
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      if (cut === 0) return copy;
      const middle = cut === 1 ? [] : [...copy.subarray(from, to), ...copy.subarray(from, to)];
      return Uint8Array.from([...copy.subarray(0, from), ...middle, ...copy.subarray(to)]);
    });
}

describe.each(Object.entries(FORMATS))('a broken %s', (_, make) => {
  test('ends decoded or as one problem, and spoils nothing for the next', async () => {
    const file = await make();
    const whole = await decodeImage(file, codecs, LIMITS);
    await fc.assert(
      fc.asyncProperty(broken(file), async (bytes) => {
        const image = await decodeImage(bytes, codecs, LIMITS);
        if (image.ok) {
          const { width, height, data } = image.value.raster;
          expect(data.length).toBe(width * height * 4);
        } else {
          expect(image.problem.kind).toMatch(/damaged|unsupported|not-an-image|too-many|empty/);
        }
      }),
      { numRuns: 150 },
    );
    expect(await decodeImage(file, codecs, LIMITS)).toEqual(whole);
  });
});

describe.skipIf(!existsSync(PNG_SUITE))('PngSuite', () => {
  const names = existsSync(PNG_SUITE) ? readdirSync(PNG_SUITE).filter((n) => /\.png$/.test(n)) : [];

  test.each(names)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(join(PNG_SUITE, name)));
    const image = await decodeImage(bytes, codecs, LIMITS);
    if (name.startsWith('x')) {
      expect(image.ok).toBe(false);
      return;
    }
    if (!image.ok) throw new Error(JSON.stringify(image.problem));
    const isDeep = image.value.warnings.some(({ kind }) => kind === 'reduced-to-8-bits');
    // libvips rounds 16 bits, converts gAMA and drops colour under alpha 0 in some types.
    if (isDeep || /^g0|^g[0-9]{2}/.test(name)) return;
    const theirs = await sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer();
    expect([...image.value.raster.data]).toEqual([...theirs]);
  });
});
