import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { OUTPUT_MIME, type OutputFormat } from '../core/dataset/image-format.ts';
import { createRaster, type Raster } from '../core/raster/raster.ts';
import { type EncodeOptions, encodeImage, onWhite } from './encode.ts';
import { readIcc } from './metadata/read-icc.ts';
import { createNodeCodecs } from './node.ts';
import { sniff } from './sniff.ts';
import { fakeProfile, gradient, translucent } from './testing/pictures.ts';

const codecs = createNodeCodecs();
const plain = { quality: 88, icc: null } as const;

const rasters = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), fc.nat())
  .map(([width, height, seed]): Raster => {
    const data = new Uint8ClampedArray(width * height * 4);
    let state = seed + 1;
    for (let i = 0; i < data.length; i += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      // Every fourth alpha is 0, where codecs like to drop the colour.
      data[i] = i % 16 === 3 ? 0 : state >>> 24;
    }
    return createRaster(width, height, data);
  });

describe('lossless', () => {
  test('PNG gives back every byte, colour under alpha 0 included', async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (raster) => {
        const file = await encodeImage(raster, { format: 'png', ...plain }, codecs);
        expect(await codecs.png.decode(file)).toEqual(raster);
      }),
      { numRuns: 40 },
    );
  });

  test('lossless WebP does too', async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (raster) => {
        const options = { format: 'webp', quality: 'lossless', icc: null } as const;
        expect(await codecs.webp.decode(await encodeImage(raster, options, codecs))).toEqual(
          raster,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('sharp reads the same pixels from our PNG', async () => {
    const raster = gradient(50, 31);
    const file = await encodeImage(raster, { format: 'png', ...plain }, codecs);
    expect([...(await sharp(file).ensureAlpha().raw().toBuffer())]).toEqual([...raster.data]);
  });
});

const FORMATS: readonly OutputFormat[] = ['png', 'webp', 'jpg'];

describe.each(FORMATS)('%s', (format) => {
  const options: EncodeOptions = { format, ...plain };

  test('the same picture gives the same bytes, from a fresh codec too', async () => {
    const raster = gradient(40, 30);
    const first = await encodeImage(raster, options, codecs);
    await encodeImage(translucent(9, 9), options, codecs);
    expect(await encodeImage(raster, options, codecs)).toEqual(first);
    expect(await encodeImage(raster, options, createNodeCodecs())).toEqual(first);
  });

  test('has the bytes of its MIME type', async () => {
    const found = sniff(await encodeImage(gradient(8, 8), options, codecs));
    expect(found).toMatchObject({ kind: 'image' });
    if (found.kind === 'image') expect(OUTPUT_MIME[format]).toBe(`image/${found.format}`);
  });

  test.each([128, 60_000, 70_001, 200_000])(
    'carries an ICC profile of %i bytes',
    async (length) => {
      const icc = fakeProfile(length);
      const raster = translucent(33, 20);
      const without = await encodeImage(raster, options, codecs);
      const file = await encodeImage(raster, { ...options, icc }, codecs);
      const name = format === 'jpg' ? 'jpeg' : format;
      expect(await readIcc(name, file)).toEqual(icc);
      expect(await readIcc(name, without)).toBeNull();
      const pixels = async (bytes: typeof file) =>
        name === 'jpeg' ? (await codecs.jpeg.decode(bytes)).raster : codecs[name].decode(bytes);
      expect(await pixels(file)).toEqual(await pixels(without));
    },
  );

  test('carries a profile that another reader finds', async () => {
    const source = await sharp(gradient(8, 8).data, { raw: { width: 8, height: 8, channels: 4 } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const icc = await readIcc('png', new Uint8Array(source));
    expect(icc).not.toBeNull();
    const file = await encodeImage(gradient(8, 8), { ...options, icc }, codecs);
    const metadata = await sharp(file).metadata();
    expect(new Uint8Array(metadata.icc ?? [])).toEqual(icc);
    expect(metadata.exif).toBeUndefined();
  });
});

test('JPEG puts transparent pixels on white and leaves opaque ones alone', () => {
  const raster = createRaster(
    3,
    1,
    Uint8ClampedArray.of(10, 20, 30, 0, 100, 0, 200, 128, 1, 2, 3, 255),
  );
  expect([...onWhite(raster).data]).toEqual([255, 255, 255, 255, 177, 127, 227, 255, 1, 2, 3, 255]);
  const opaque = gradient(5, 5);
  expect(onWhite(opaque)).toBe(opaque);
});

describe('effort', () => {
  const picture = gradient(96, 64);
  const bytesOf = (options: Omit<EncodeOptions, 'icc'>) =>
    encodeImage(picture, { ...options, icc: null }, codecs);

  test.each(['webp', 'jpg'] as const)(
    '%s: balanced is what stands in when none is given',
    async (format) => {
      const given = await bytesOf({ format, quality: 88, effort: 'balanced' });
      expect(given).toEqual(await bytesOf({ format, quality: 88 }));
      for (const effort of ['fast', 'best'] as const) {
        expect(await bytesOf({ format, quality: 88, effort })).not.toEqual(given);
      }
    },
  );

  test('without loss the pixels are the same at every effort', async () => {
    for (const effort of ['fast', 'balanced', 'best'] as const) {
      const file = await bytesOf({ format: 'webp', quality: 'lossless', effort });
      expect(await codecs.webp.decode(file)).toEqual(picture);
    }
  });
});
