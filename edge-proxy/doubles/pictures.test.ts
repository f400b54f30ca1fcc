import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodePng, inspect } from './inspect.ts';
import { type PictureFormat, picture, png, video } from './pictures.ts';

/** One channel of interleaved pixels. */
const everyNth = (data: Buffer, n: number): number[] => [...data].filter((_, i) => i % n === 0);

describe('pictures that a real decoder opens', () => {
  const formats: PictureFormat[] = ['png', 'jpeg', 'webp'];
  const sizes: [number, number][] = [
    [64, 64],
    [8, 8],
    [65, 33],
    [1, 1],
  ];
  const cases = formats.flatMap((f) => sizes.map(([w, h]) => [f, w, h] as const));

  it.each(cases)('%s of %i × %i', async (format, width, height) => {
    const file = picture(format, 3, width, height);
    const { data, info } = await sharp(file)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    expect(new Set(everyNth(data, info.channels)).size).toBe(1);
    expect(inspect(file)).toMatchObject({ format, width, height, alpha: false });
  });

  it('every grey of the JPEG writer comes back as written', async () => {
    for (let seed = 0; seed < 256; seed += 15) {
      const { data } = await sharp(picture('jpeg', seed, 16, 16))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(new Set(data)).toEqual(new Set([(seed * 151 + 90) % 256]));
    }
  });
});

describe('decodePng', () => {
  it('reads what sharp writes with any filter', async () => {
    const width = 37;
    const raw = Buffer.from(
      Array.from({ length: width * 21 * 4 }, (_, i) => (i * 97 + (i >> 3)) % 256),
    );
    for (const adaptiveFiltering of [false, true]) {
      const file = await sharp(raw, { raw: { width, height: 21, channels: 4 } })
        .png({ adaptiveFiltering })
        .toBuffer();
      expect(decodePng(file)?.pixels.equals(raw)).toBe(true);
    }
  });

  it('answers null for files that are cut short', () => {
    const file = png(4, 4, 3, () => [1, 2, 3]);
    expect(decodePng(file)).not.toBeNull();
    expect(decodePng(file.subarray(0, 45))).toBeNull();
  });
});

it('base64 is strict', () => {
  expect(decodeBase64('AAEC')).toEqual(Buffer.from([0, 1, 2]));
  for (const wrong of ['', 'AAE', 'AA EC', 'data:image/png;base64,AAEC', 'AA-_', 7])
    expect(decodeBase64(wrong)).toBeNull();
});

it('a video starts with a file type box', () => {
  expect(video().toString('latin1', 4, 8)).toBe('ftyp');
});
