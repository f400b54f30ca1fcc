import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createMask, type Mask } from '../../core/mask/mask.ts';
import { findPngDamage, pngChunks } from '../headers/png.ts';
import { createNodeCodecs } from '../node.ts';
import { encodeIndexedMaskPng, encodeMaskPng } from './encode-mask.ts';

const codecs = createNodeCodecs();

/** Masks of runs, from one pixel to longer than DEFLATE's longest match. */
const masks = fc
  .tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 1, max: 40 }),
    fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 60 }),
  )
  .map(([width, height, runs]): Mask => {
    const mask = createMask(width, height);
    let at = 0;
    runs.forEach((run, i) => {
      mask.data.fill(i % 2, at, at + run);
      at += run;
    });
    return mask;
  });

function disc(width: number, height: number): Mask {
  const mask = createMask(width, height);
  const radius = height * 0.4;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      mask.data[y * width + x] = Math.hypot(x - width / 2, y - height / 2) < radius ? 1 : 0;
    }
  }
  return mask;
}

describe('a mask file', () => {
  test('holds exactly 0 and 255 in the mask’s size, for zlib', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const file = encodeMaskPng(mask);
        expect(findPngDamage(file, mask)).toBeNull();
        const data = [...pngChunks(file)].find(({ type }) => type === 'IDAT');
        const rows = inflateSync(file.subarray(data?.start, data?.end));
        expect(rows.length).toBe((mask.width + 1) * mask.height);
        mask.data.forEach((inside, i) => {
          const row = Math.floor(i / mask.width);
          expect(rows[row * (mask.width + 1) + 1 + (i % mask.width)]).toBe(inside * 255);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('is 8-bit grayscale for libvips, with the same pixels', async () => {
    const mask = disc(120, 77);
    const image = sharp(encodeMaskPng(mask));
    expect(await image.metadata()).toMatchObject({ channels: 1, depth: 'uchar', width: 120 });
    const pixels = await image.toColourspace('b-w').raw().toBuffer();
    expect([...pixels]).toEqual(Array.from(mask.data, (inside) => inside * 255));
  });

  test('decodes in our own codec', async () => {
    const mask = disc(64, 48);
    const { data } = await codecs.png.decode(encodeMaskPng(mask));
    expect([...data].filter((_, i) => i % 4 === 0)).toEqual(
      Array.from(mask.data, (inside) => inside * 255),
    );
  });

  test('is small: a disc in 12 megapixels takes less than 50 kB', () => {
    expect(encodeMaskPng(disc(4000, 3000)).length).toBeLessThan(50_000);
  });
});

describe('an indexed mask file', () => {
  const palette = Uint8Array.from({ length: 768 }, (_, i) => (i * 37) & 255);

  test('holds every index exactly, for zlib and for libvips', async () => {
    const mask = disc(90, 41);
    for (let index = 1; index < 256; index += 1) {
      const file = encodeIndexedMaskPng(mask, index, palette);
      expect(findPngDamage(file, mask)).toBeNull();
      const data = [...pngChunks(file)].find(({ type }) => type === 'IDAT');
      const rows = inflateSync(file.subarray(data?.start, data?.end));
      const same = mask.data.every((inside, i) => {
        const row = Math.floor(i / mask.width);
        return rows[row * (mask.width + 1) + 1 + (i % mask.width)] === inside * index;
      });
      expect(same).toBe(true);
    }
    const image = sharp(encodeIndexedMaskPng(mask, 7, palette));
    expect(await image.metadata()).toMatchObject({ isPalette: true, width: 90, height: 41 });
    const colours = await image.raw().toBuffer();
    const centre = (20 * 90 + 45) * 3;
    expect([...colours.subarray(centre, centre + 3)]).toEqual([...palette.subarray(21, 24)]);
    expect([...colours.subarray(0, 3)]).toEqual([...palette.subarray(0, 3)]);
  });
});
