import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { orient } from '../../core/raster/orient.ts';
import { type Bytes, latin1 } from '../bytes.ts';
import { createNodeCodecs } from '../node.ts';
import { pngChunk } from '../png-chunk.ts';
import { exifBlock, withOrientation, withSegment } from '../testing/exif-builder.ts';
import { gradient } from '../testing/pictures.ts';
import { buildPng } from '../testing/png-builder.ts';
import { decodeImage } from './decode-image.ts';

const codecs = createNodeCodecs();
let baseline: Bytes;

beforeAll(async () => {
  const { width, height, data } = gradient(61, 40);
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  baseline = new Uint8Array(await image.jpeg({ quality: 90 }).toBuffer());
});

async function decoded(bytes: Bytes) {
  const result = await decodeImage(bytes, codecs, { imagePixels: 10_000 });
  if (!result.ok) throw new Error(`It did not decode: ${JSON.stringify(result.problem)}`);
  return result.value;
}

describe('EXIF orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
    '%i is applied exactly once',
    async (orientation) => {
      const { raster } = await decoded(withOrientation(baseline, orientation));
      const upright = (await decoded(baseline)).raster;
      expect(raster).toEqual(orient(upright, orientation));
      expect(raster.width).toBe(orientation >= 5 ? 40 : 61);
    },
  );

  test('sharp turns the same way', async () => {
    for (let orientation = 1; orientation <= 8; orientation += 1) {
      const file = withOrientation(baseline, orientation);
      const theirs = await sharp(file).rotate().ensureAlpha().raw().toBuffer();
      const ours = (await decoded(file)).raster.data;
      expect(largestDifference(ours, theirs)).toBeLessThanOrEqual(1);
    }
  });

  test('PNG', async () => {
    const file = buildPng({
      height: 1,
      width: 2,
      bitDepth: 8,
      colourType: 0,
      rows: [[10, 20]],
      extra: [pngChunk('eXIf', exifBlock(3))],
    });
    const { data } = (await decoded(file)).raster;
    expect([data[0], data[4]]).toEqual([20, 10]);
  });
});

test('JPEG pixels are within one level of another decoder’s', async () => {
  const file = withSegment(baseline, 0xe5, latin1('harmless'));
  const theirs = await sharp(file).ensureAlpha().raw().toBuffer();
  expect(largestDifference((await decoded(file)).raster.data, theirs)).toBeLessThanOrEqual(1);
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
