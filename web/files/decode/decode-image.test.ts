import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { type Bytes, concat, latin1, uint32be } from '../bytes.ts';
import { createNodeCodecs } from '../node.ts';
import { pngChunk } from '../png-chunk.ts';
import { animationControl, buildAnimatedWebp } from '../testing/animation-builder.ts';
import { gradient, translucent } from '../testing/pictures.ts';
import { buildPng, type PngParts, words } from '../testing/png-builder.ts';
import { decodeImage } from './decode-image.ts';

const codecs = createNodeCodecs();
const picture = gradient(61, 40);
const clear = translucent(61, 40);
let jpeg: Bytes;
let png: Bytes;
let webp: Bytes;
let baseline: Bytes;

beforeAll(async () => {
  jpeg = await codecs.jpeg.encode(picture, 90);
  png = await codecs.png.encode(clear);
  webp = await codecs.webp.encode(clear, 'lossless');
  baseline = await withSharp((image) => image.jpeg({ quality: 90, progressive: false }));
});

function decode(bytes: Bytes, imagePixels = DEFAULT_LIMITS.imagePixels) {
  return decodeImage(bytes, codecs, { imagePixels });
}

async function decoded(bytes: Bytes) {
  const result = await decode(bytes);
  if (!result.ok) throw new Error(`It did not decode: ${JSON.stringify(result.problem)}`);
  return result.value;
}

async function pixelsOf(bytes: Bytes): Promise<number[]> {
  return [...(await decoded(bytes)).raster.data];
}

async function withSharp(write: (image: Sharp) => Sharp, from: Raster = picture) {
  const { width, height, data } = from;
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await write(image).toBuffer());
}

const onePixelRow = (parts: Omit<PngParts, 'height'>) => buildPng({ ...parts, height: 1 });

describe('refused before anything is decoded', () => {
  test('an empty file', async () => {
    expect(await decode(new Uint8Array(0))).toEqual({ ok: false, problem: { kind: 'empty-file' } });
  });

  test('a text file, whatever it is called', async () => {
    expect(await decode(latin1('not a photo'))).toEqual({
      ok: false,
      problem: { kind: 'not-an-image', found: 'text' },
    });
  });

  test('a bomb: a tiny file that claims 3,600 megapixels', async () => {
    const bomb = buildPng({ width: 60_000, height: 60_000, bitDepth: 8, colourType: 6, rows: [] });
    expect(await decode(bomb)).toEqual({
      ok: false,
      problem: { kind: 'too-many-pixels', width: 60_000, height: 60_000, limit: 100_000_000 },
    });
  });

  test('one pixel over the limit is refused, the limit itself is not', async () => {
    expect(await decode(png, 61 * 40)).toMatchObject({ ok: true });
    expect(await decode(png, 61 * 40 - 1)).toMatchObject({ problem: { kind: 'too-many-pixels' } });
  });

  test('a CMYK JPEG', async () => {
    const cmyk = await withSharp((image) => image.removeAlpha().toColourspace('cmyk').jpeg());
    expect(await decode(cmyk)).toEqual({
      ok: false,
      problem: { kind: 'unsupported', what: 'cmyk-jpeg' },
    });
  });

  test.each([
    [0xc3, 'lossless-jpeg'],
    [0xc9, 'arithmetic-jpeg'],
    [0xca, 'arithmetic-jpeg'],
  ])('a JPEG with frame marker %i', async (marker, what) => {
    const changed = baseline.slice();
    changed[frameAt(changed) + 1] = marker;
    expect(await decode(changed)).toMatchObject({ problem: { kind: 'unsupported', what } });
  });
});

/** Where the SOF0 marker stands; sharp writes no other 0xFFC0 before it. */
function frameAt(file: Bytes): number {
  return file.findIndex((byte, at) => byte === 0xff && file[at + 1] === 0xc0);
}

describe('damaged', () => {
  test('a JPEG that ends early is never painted grey and taken', async () => {
    for (const file of [jpeg, baseline]) {
      for (const share of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97]) {
        const cut = file.slice(0, Math.floor(file.length * share));
        expect(await decode(cut)).toMatchObject({ problem: { kind: 'damaged', format: 'jpeg' } });
      }
    }
  });

  test('a plain JPEG that lacks nothing but its end marker is complete', async () => {
    expect(await pixelsOf(baseline.slice(0, -2))).toEqual(await pixelsOf(baseline));
    expect(await decode(baseline.slice(0, -12))).toMatchObject({
      problem: { kind: 'damaged', what: 'cut-off' },
    });
  });

  test('a progressive JPEG without its end marker may lack whole passes', async () => {
    expect(await decode(jpeg.slice(0, -2))).toMatchObject({
      problem: { kind: 'damaged', what: 'cut-off' },
    });
  });

  test('a PNG and a WebP that end early', async () => {
    for (const [format, file] of [
      ['png', png],
      ['webp', webp],
    ] as const) {
      for (const share of [0.01, 0.1, 0.3, 0.5, 0.9, 0.99]) {
        const cut = file.slice(0, Math.floor(file.length * share));
        if (cut.length < 12) continue;
        expect(await decode(cut)).toMatchObject({
          problem: { kind: 'damaged', format, what: 'cut-off' },
        });
      }
    }
  });

  test('a PNG whose pixels do not match their checksum', async () => {
    const changed = png.slice();
    changed[changed.length - 20] ^= 0x10;
    expect(await decode(changed)).toEqual({
      ok: false,
      problem: { kind: 'damaged', format: 'png', what: 'checksum' },
    });
  });

  test('a PNG with too few rows', async () => {
    const file = buildPng({ width: 2, height: 3, bitDepth: 8, colourType: 0, rows: [[1, 2]] });
    expect(await decode(file)).toMatchObject({ problem: { kind: 'damaged', what: 'pixels' } });
  });

  test('after a bad file of each format the next good one decodes', async () => {
    for (const file of [baseline, png, webp]) {
      const broken = file.slice();
      broken.fill(0x5a, Math.floor(broken.length / 2), Math.floor(broken.length / 2) + 40);
      await decode(broken);
      expect(await decode(file)).toMatchObject({ ok: true });
    }
  });
});

describe('harmless oddities', () => {
  test('bytes after the end, as cameras and phones append them', async () => {
    const tail = latin1('MotionPhoto_Data and more');
    for (const file of [jpeg, png, webp]) {
      expect(await pixelsOf(concat([file, tail]))).toEqual(await pixelsOf(file));
    }
  });

  test('gAMA and sRGB chunks change no pixel', async () => {
    const parts = { width: 2, bitDepth: 8, colourType: 2, rows: [[1, 2, 3, 250, 128, 9]] };
    const gamma = [pngChunk('gAMA', uint32be(100_000)), pngChunk('sRGB', Uint8Array.of(0))];
    expect(await pixelsOf(onePixelRow({ ...parts, extra: gamma }))).toEqual([
      1, 2, 3, 255, 250, 128, 9, 255,
    ]);
  });

  test('a broken checksum in a chunk that is not needed', async () => {
    const chunk = pngChunk('gAMA', uint32be(45_455));
    chunk[chunk.length - 1] ^= 1;
    const file = onePixelRow({ width: 1, bitDepth: 8, colourType: 0, rows: [[7]], extra: [chunk] });
    expect(await pixelsOf(file)).toEqual([7, 7, 7, 255]);
  });
});

describe('kinds of PNG', () => {
  test('gray with alpha keeps its gray under alpha 0', async () => {
    const file = onePixelRow({ width: 2, bitDepth: 8, colourType: 4, rows: [[30, 0, 200, 255]] });
    expect(await pixelsOf(file)).toEqual([30, 30, 30, 0, 200, 200, 200, 255]);
  });

  test('1, 2 and 4 bit gray spread over 0 to 255', async () => {
    const gray = (bitDepth: number, row: number, width: number) =>
      pixelsOf(onePixelRow({ width, bitDepth, colourType: 0, rows: [[row]] }));
    expect(await gray(1, 0b10000000, 2)).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
    expect(await gray(2, 0b01100000, 2)).toEqual([85, 85, 85, 255, 170, 170, 170, 255]);
    expect(await gray(4, 0x1f, 2)).toEqual([17, 17, 17, 255, 255, 255, 255, 255]);
  });

  test('a palette with transparency', async () => {
    const extra = [
      pngChunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6)),
      pngChunk('tRNS', Uint8Array.of(128)),
    ];
    const file = onePixelRow({ width: 2, bitDepth: 8, colourType: 3, rows: [[1, 0]], extra });
    expect(await pixelsOf(file)).toEqual([4, 5, 6, 255, 1, 2, 3, 128]);
  });

  test('16 bits: the high byte is kept, and the user is told', async () => {
    const row = words(0x00ff, 0x1280, 0xfeff);
    const file = onePixelRow({ width: 1, bitDepth: 16, colourType: 2, rows: [row] });
    const { raster, warnings } = await decoded(file);
    expect([...raster.data]).toEqual([0x00, 0x12, 0xfe, 255]);
    expect(warnings).toEqual([{ kind: 'reduced-to-8-bits' }]);
  });

  test('interlaced', async () => {
    const file = await withSharp((image) => image.png({ progressive: true }), clear);
    expect(await pixelsOf(file)).toEqual([...clear.data]);
  });
});

describe('animations give their first picture, and the user is told', () => {
  test('APNG', async () => {
    const file = onePixelRow({
      width: 1,
      bitDepth: 8,
      colourType: 0,
      rows: [[9]],
      extra: [animationControl(2)],
    });
    const { raster, warnings } = await decoded(file);
    expect([...raster.data]).toEqual([9, 9, 9, 255]);
    expect(warnings).toEqual([{ kind: 'animated' }]);
  });

  test('WebP, the frame laid where it belongs', async () => {
    const small = gradient(4, 3);
    const still = await codecs.webp.encode(small, 'lossless');
    const frame = { file: still, x: 2, y: 4, width: 4, height: 3 };
    const { raster, warnings } = await decoded(buildAnimatedWebp(10, 8, [frame, frame]));
    expect(raster).toMatchObject({ width: 10, height: 8 });
    expect(warnings).toEqual([{ kind: 'animated' }]);
    const inside = [...raster.data.subarray((4 * 10 + 2) * 4, (4 * 10 + 6) * 4)];
    expect(inside).toEqual([...small.data.subarray(0, 16)]);
    expect([...raster.data.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('WebP with lossy colour and separate alpha', async () => {
    const still = await codecs.webp.encode(clear, 80);
    const frame = { file: still, x: 0, y: 0, width: 61, height: 40 };
    const { raster } = await decoded(buildAnimatedWebp(61, 40, [frame]));
    expect(raster.data).toEqual((await decoded(still)).raster.data);
  });

  test('WebP whose frames are missing', async () => {
    expect(await decode(buildAnimatedWebp(10, 8, []))).toMatchObject({
      problem: { kind: 'damaged', format: 'webp' },
    });
  });
});
