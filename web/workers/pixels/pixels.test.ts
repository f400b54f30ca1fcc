import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { applyEdits, type EditLayer } from '../../core/edits/apply.ts';
import { NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import { createMask, fullMask, type Mask } from '../../core/mask/mask.ts';
import { decodeRle } from '../../core/mask/rle.ts';
import { rleFromText } from '../../core/mask/rle-text.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { resizeBilinear } from '../../core/raster/resize.ts';
import { frameOf } from '../../core/segmentation/model-space.ts';
import { concat, latin1 } from '../../files/bytes.ts';
import { sha256Hex } from '../../files/hash.ts';
import { readIcc } from '../../files/metadata/read-icc.ts';
import { withIcc } from '../../files/metadata/write-icc.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { withOrientation } from '../../files/testing/exif-builder.ts';
import { fakeProfile, gradient, translucent } from '../../files/testing/pictures.ts';
import { buildPng } from '../../files/testing/png-builder.ts';
import { type PhotoSource, THUMBNAIL_SIDE } from './contract.ts';
import { createPixels } from './pixels.ts';
import type { Screen } from './screen.ts';

const codecs = createNodeCodecs();
const photo = translucent(90, 60);
let source: PhotoSource;

/** Stands in for the browser: a "bitmap" is the raster itself, so that its pixels can be seen. */
const screen: Screen = {
  toBitmap: async (raster) => raster as unknown as ImageBitmap,
  letMessagesIn: () => new Promise((resolve) => setTimeout(resolve)),
};
const newPixels = () => createPixels(codecs, screen);
const pixelsOf = (bitmap: ImageBitmap) => bitmap as unknown as Raster;

beforeAll(async () => {
  source = await sourceOf(await codecs.png.encode(photo));
});

async function sourceOf(bytes: Uint8Array<ArrayBuffer>): Promise<PhotoSource> {
  return { hash: await sha256Hex(bytes), blob: new Blob([bytes]) };
}

function leftHalf(width: number, height: number): Mask {
  const mask = createMask(width, height);
  for (let i = 0; i < mask.data.length; i += 1) mask.data[i] = i % width < width / 2 ? 1 : 0;
  return mask;
}

function layerOn(mask: Mask, edits: Partial<EditLayer['edits']>): EditLayer {
  return { mask, edits: { ...NEUTRAL_EDITS, ...edits }, componentId: 'body' };
}

async function value<Value>(
  answer: Promise<{ ok: true; value: Value } | { ok: false; problem: unknown }>,
): Promise<Value> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

describe('inspect', () => {
  test('says everything about a photo that is turned by its EXIF tag', async () => {
    const jpeg = withOrientation(await codecs.jpeg.encode(gradient(400, 250), 85), 6);
    const found = await value(newPixels().inspect('a.jpg', new Blob([jpeg]), DEFAULT_LIMITS));
    expect(found).toMatchObject({
      sha256: await sha256Hex(jpeg),
      format: 'jpeg',
      width: 250,
      height: 400,
      grayscale: false,
      bytes: jpeg.length,
      warnings: [],
    });
    const thumbnail = sharp(Buffer.from(await found.thumbnail.arrayBuffer()));
    expect(await thumbnail.metadata()).toMatchObject({ width: 200, height: THUMBNAIL_SIDE });
    expect(found.thumbnail.type).toBe('image/webp');
  });

  test('knows a grayscale photo', async () => {
    const parts = { width: 2, height: 1, bitDepth: 8, colourType: 0, rows: [[1, 200]] };
    const blob = new Blob([buildPng(parts)]);
    expect(await value(newPixels().inspect('g.png', blob, DEFAULT_LIMITS))).toMatchObject({
      grayscale: true,
    });
  });

  test('believes the bytes, and says so when the extension misleads', async () => {
    const inspect = async (name: string) =>
      (await value(newPixels().inspect(name, source.blob, DEFAULT_LIMITS))).warnings;
    expect(await inspect('photo.jpg')).toEqual([{ kind: 'wrong-extension', actual: 'png' }]);
    expect(await inspect('photo.PNG')).toEqual([]);
    expect(await inspect('photo')).toEqual([]);
  });

  test.each([
    ['nothing', new Uint8Array(0), { kind: 'empty-file' }],
    ['text', latin1('hello'), { kind: 'not-an-image', found: 'text' }],
    [
      'a photo over 40 MB',
      concat([latin1('\xff\xd8\xff'), new Uint8Array(DEFAULT_LIMITS.fileBytes)]),
      { kind: 'too-many-bytes', limit: DEFAULT_LIMITS.fileBytes },
    ],
    [
      'something else over 40 MB',
      concat([latin1('GIF89a'), new Uint8Array(DEFAULT_LIMITS.fileBytes)]),
      { kind: 'not-an-image', found: 'gif' },
    ],
    [
      'a bomb',
      buildPng({ width: 20_000, height: 5_001, bitDepth: 8, colourType: 6, rows: [] }),
      { kind: 'too-many-pixels', width: 20_000, height: 5_001 },
    ],
  ])('refuses %s', async (_, bytes, problem) => {
    const answer = await newPixels().inspect('a.jpg', new Blob([bytes]), DEFAULT_LIMITS);
    expect(answer).toMatchObject({ ok: false, problem });
  });

  test('refuses a file that is gone', async () => {
    const blob = new Blob([latin1('x')]);
    const gone = Object.assign(blob, {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }),
    });
    expect(await newPixels().inspect('a.jpg', gone, DEFAULT_LIMITS)).toMatchObject({
      problem: { kind: 'unreadable-file' },
    });
  });
});

describe('modelInput', () => {
  test.each([
    [90, 60],
    [1, 300],
    [1500, 999],
  ])('of %i × %i has the size that the segmentation expects', async (width, height) => {
    const photo = await sourceOf(await codecs.png.encode(gradient(width, height)));
    const input = await value(newPixels().modelInput(photo, 1024));
    expect(input).toMatchObject(frameOf({ width, height }, 'best').input);
  });

  test('is a copy that may be taken away', async () => {
    const pixels = newPixels();
    const first = await value(pixels.modelInput(source, 90));
    first.data.fill(0);
    expect((await value(pixels.modelInput(source, 90))).data).toEqual(photo.data);
  });
});

describe('bitmap', () => {
  test('is the photo itself when it fits, and smaller when not', async () => {
    const pixels = newPixels();
    const whole = await value(pixels.bitmap(source, 90));
    expect(pixelsOf(whole.bitmap)).toEqual(photo);
    const small = await value(pixels.bitmap(source, 45));
    expect(pixelsOf(small.bitmap)).toMatchObject({ width: 45, height: 30 });
    expect(small).toMatchObject({ width: 90, height: 60 });
  });
});

describe('preview', () => {
  const layers = [layerOn(leftHalf(90, 60), { brightness: 0.3, hue: 40 })];

  test('equals the variant when the photo fits', async () => {
    const { bitmap } = await value(newPixels().preview(source, layers, 2048));
    expect(pixelsOf(bitmap)).toEqual(applyEdits(photo, layers, { imageHash: source.hash }));
  });

  test('of a larger photo is edited under the same mask, smaller', async () => {
    const plain = pixelsOf((await value(newPixels().bitmap(source, 30))).bitmap);
    const edited = pixelsOf((await value(newPixels().preview(source, layers, 30))).bitmap);
    expect(edited).toEqual(
      applyEdits(plain, [{ ...layers[0], mask: leftHalf(30, 20) }], { imageHash: source.hash }),
    );
  });

  test('newest wins: of many at once, only the last is made', async () => {
    const pixels = newPixels();
    const answers = await Promise.all(
      [0.1, 0.2, 0.3, 0.4].map((brightness) =>
        pixels.preview(source, [layerOn(fullMask(90, 60), { brightness })], 90),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? 'made' : answer.problem.kind))).toEqual([
      'overtaken',
      'overtaken',
      'overtaken',
      'made',
    ]);
  });

  test('a mask of another size is a bug, not an answer', async () => {
    const wrong = [layerOn(fullMask(9, 9), { brightness: 0.1 })];
    await expect(newPixels().preview(source, wrong, 90)).rejects.toThrow('A mask is 9 × 9');
  });
});

describe('variant', () => {
  const mask = leftHalf(90, 60);
  const edits = { brightness: 0.2, contrast: -0.3, hue: 30, sharpen: 1, noise: 0.05, opacity: 0.8 };
  const layers = [layerOn(mask, edits)];
  const request = () =>
    ({
      source,
      layers,
      mask,
      format: 'png',
      quality: 88,
      effort: 'balanced',
      maxSide: null,
    }) as const;

  test('leaves every byte outside the mask as it was', async () => {
    const made = await value(newPixels().variant(request()));
    const { data } = await codecs.png.decode(new Uint8Array(await made.image.arrayBuffer()));
    let changed = 0;
    for (let i = 0; i < data.length; i += 1) {
      if (mask.data[i >> 2] === 0) expect(data[i]).toBe(photo.data[i]);
      else if (data[i] !== photo.data[i]) changed += 1;
    }
    expect(changed).toBeGreaterThan(1000);
  });

  test('comes with the hashes of its two files and the run lengths of its mask', async () => {
    const made = await value(newPixels().variant(request()));
    expect(made.imageSha256).toBe(await sha256Hex(made.image));
    expect(made.maskSha256).toBe(await sha256Hex(made.mask));
    const counts = rleFromText(made.maskRle);
    expect(counts.ok && decodeRle(counts.value, mask)).toEqual({ ok: true, value: mask });
    expect(made.image.type).toBe('image/png');
    const maskFile = sharp(Buffer.from(await made.mask.arrayBuffer()));
    expect(await maskFile.metadata()).toMatchObject({ width: 90, height: 60, channels: 1 });
  });

  test.each(['png', 'webp', 'jpg'] as const)('%s is the same in another worker', async (format) => {
    const first = await value(newPixels().variant({ ...request(), format }));
    const pixels = createPixels(createNodeCodecs(), screen);
    await pixels.preview(source, layers, 20);
    const second = await value(pixels.variant({ ...request(), format }));
    expect(second.imageSha256).toBe(first.imageSha256);
    expect(second.maskSha256).toBe(first.maskSha256);
  });

  test('in a smaller size is the smaller copy, with a mask that goes with it', async () => {
    const made = await value(newPixels().variant({ ...request(), maxSide: 45 }));
    expect(made.size).toEqual({ width: 45, height: 30 });
    const edited = await value(newPixels().variant(request()));
    const full = await codecs.png.decode(new Uint8Array(await edited.image.arrayBuffer()));
    const small = await codecs.png.decode(new Uint8Array(await made.image.arrayBuffer()));
    expect(small).toEqual(resizeBilinear(full, 45, 30, { antialias: true }));
    const counts = rleFromText(made.maskRle);
    expect(counts.ok && decodeRle(counts.value, made.size)).toEqual({
      ok: true,
      value: leftHalf(45, 30),
    });
    const maskFile = sharp(Buffer.from(await made.mask.arrayBuffer()));
    expect(await maskFile.metadata()).toMatchObject({ width: 45, height: 30 });
  });

  test('is never made larger', async () => {
    const made = await value(newPixels().variant({ ...request(), maxSide: 4000 }));
    const same = await value(newPixels().variant(request()));
    expect(made.imageSha256).toBe(same.imageSha256);
    expect(made.size).toEqual({ width: 90, height: 60 });
  });

  test('carries the colour profile and drops the place where the photo was taken', async () => {
    const icc = fakeProfile(600);
    const plain = await codecs.jpeg.encode(gradient(40, 30), 90);
    const file = withOrientation(withIcc('jpg', plain, icc, { width: 40, height: 30 }), 1);
    const all = fullMask(40, 30);
    const made = await value(
      newPixels().variant({
        source: await sourceOf(file),
        layers: [layerOn(all, { gamma: 0.5 })],
        mask: all,
        format: 'jpg',
        quality: 90,
        effort: 'balanced',
        maxSide: null,
      }),
    );
    const bytes = new Uint8Array(await made.image.arrayBuffer());
    expect(await readIcc('jpeg', bytes)).toEqual(icc);
    expect((await sharp(file).metadata()).exif).toBeDefined();
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  test('of a damaged photo is a problem, and the next one is made', async () => {
    const pixels = newPixels();
    const bytes = new Uint8Array(await source.blob.arrayBuffer()).slice(0, -200);
    const broken = await pixels.variant({ ...request(), source: await sourceOf(bytes) });
    expect(broken).toMatchObject({ problem: { kind: 'damaged' } });
    expect(await pixels.variant(request())).toMatchObject({ ok: true });
  });
});

test('lack of memory is an answer, and the next call works', async () => {
  let isFull = true;
  const pixels = createPixels(codecs, {
    ...screen,
    toBitmap: async (raster) => {
      if (isFull) throw new RangeError('Array buffer allocation failed');
      return raster as unknown as ImageBitmap;
    },
  });
  expect(await pixels.bitmap(source, 90)).toEqual({
    ok: false,
    problem: { kind: 'out-of-memory' },
  });
  isFull = false;
  expect(await pixels.bitmap(source, 90)).toMatchObject({ ok: true });
});

test('a photo is decoded once for many questions, and again after a release', async () => {
  let decodes = 0;
  const counting = {
    ...codecs,
    png: {
      ...codecs.png,
      decode(file: Uint8Array<ArrayBuffer>) {
        decodes += 1;
        return codecs.png.decode(file);
      },
    },
  };
  const pixels = createPixels(counting, screen);
  await Promise.all([pixels.bitmap(source, 90), pixels.modelInput(source, 64)]);
  await pixels.bitmap(source, 45);
  expect(decodes).toBe(1);
  await pixels.release();
  await pixels.bitmap(source, 90);
  expect(decodes).toBe(2);
});
