import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createRaster } from '../../core/raster/raster.ts';
import { type Bytes, concat, latin1 } from '../../files/bytes.ts';
import { jpegSegments } from '../../files/headers/jpeg.ts';
import { pngChunks } from '../../files/headers/png.ts';
import { FIRST_CHUNK, riffChunks, VP8X_EXIF } from '../../files/headers/webp.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { pngChunk } from '../../files/png-chunk.ts';
import { riffChunk, riffFile } from '../../files/riff.ts';
import { buildAnimatedWebp } from '../../files/testing/animation-builder.ts';
import { exifBlock, withOrientation } from '../../files/testing/exif-builder.ts';
import { GO_IMAGES, PNG_SUITE } from '../../files/testing/go-images.ts';
import { gradient, translucent } from '../../files/testing/pictures.ts';
import { jpegOfScans, pngOf } from './testing/bombs.ts';
import { importAll, type Outcome, verdict } from './testing/import-all.ts';

const codecs = createNodeCodecs();
const SIZE = { width: 48, height: 31 };
const picture = gradient(SIZE.width, SIZE.height);

let baseline: Bytes;
let progressive: Bytes;
let png: Bytes;
let webp: Bytes;

beforeAll(async () => {
  const { width, height, data } = picture;
  const jpeg = async (options: { progressive: boolean }) => {
    const image = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
    return new Uint8Array(await image.jpeg({ quality: 85, ...options }).toBuffer());
  };
  baseline = await jpeg({ progressive: false });
  progressive = await jpeg({ progressive: true });
  png = await codecs.png.encode(translucent(width, height));
  webp = await codecs.webp.encode(translucent(width, height), 80);
});

/** Takes files in between two good ones, which must come in whatever lies between them. */
async function amongGood(files: readonly File[]): Promise<Outcome[]> {
  const good = (name: string) => new File([png], name);
  const outcomes = await importAll([good('first.png'), ...files, good('last.png')], codecs);
  expect(outcomes).toHaveLength(files.length + 2);
  expect([verdict(outcomes.at(0)), verdict(outcomes.at(-1))]).toEqual(['decoded', 'decoded']);
  return outcomes.slice(1, -1);
}

const fileOf = (name: string, bytes: Bytes) => new File([bytes], name);

function filesIn(folder: string, extension: RegExp): File[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => extension.test(name));
  return names.map((name) => fileOf(name, new Uint8Array(readFileSync(join(folder, name)))));
}

test.skipIf(!existsSync(PNG_SUITE))('every picture of PngSuite decodes', async () => {
  const outcomes = await amongGood(filesIn(PNG_SUITE, /\.png$/));
  expect(outcomes.length).toBeGreaterThan(20);
  for (const outcome of outcomes) {
    // Names that begin with x are wrong on purpose.
    expect(verdict(outcome), outcome.name).toBe(
      outcome.name.startsWith('x') ? 'damaged' : 'decoded',
    );
  }
});

test.skipIf(!existsSync(GO_IMAGES))(
  'Go’s pictures decode, its broken ones are damaged',
  async () => {
    const outcomes = await amongGood([
      ...filesIn(join(GO_IMAGES, 'png/testdata'), /\.png$/),
      ...filesIn(join(GO_IMAGES, 'testdata'), /\.(jpeg|png)$/),
    ]);
    for (const outcome of outcomes) {
      // Harmless: an index beyond the palette is black, as in libpng; the chunks' checksums vouch for
      // the pixels, so zlib's own and that of the end may be wrong; passes may be missing before an
      // end that says so.
      const isBroken = /invalid-(crc32|noend)/.test(outcome.name);
      const expected = isBroken
        ? 'damaged'
        : /cmyk\.jpeg/.test(outcome.name)
          ? 'unsupported'
          : 'decoded';
      expect(verdict(outcome), outcome.name).toBe(expected);
    }
  },
);

describe('cut at every boundary of its structure, and one byte before and after', () => {
  const boundaries: Readonly<Record<string, () => readonly [Bytes, number[]]>> = {
    png: () => [
      png,
      [...pngChunks(png)].flatMap(({ start, end }) => [start - 8, start, end, end + 4]),
    ],
    'baseline jpeg': () => [
      baseline,
      [...jpegSegments(baseline)].flatMap(({ start, end }) => [start - 4, start, end]),
    ],
    'progressive jpeg': () => [
      progressive,
      [...progressive.keys()].filter((at) => progressive[at] === 0xff),
    ],
    webp: () => [
      webp,
      [...riffChunks(webp, FIRST_CHUNK)].flatMap(({ start, end }) => [start - 8, start, end]),
    ],
  };

  test.each(Object.entries(boundaries))('%s', async (_, make) => {
    const [file, places] = make();
    const cuts = new Set(places.flatMap((place) => [place - 1, place, place + 1]));
    const parts = [...cuts].filter((length) => length >= 0 && length < file.length);
    const outcomes = await amongGood(
      parts.map((length) => fileOf(`${length}`, file.slice(0, length))),
    );
    outcomes.forEach((outcome, i) => {
      // What ends a PNG or a plain JPEG may lack without loss of a single pixel.
      const isComplete = file.length - parts[i] <= 4 && file !== webp && file !== progressive;
      const expected = isComplete ? /decoded|damaged/ : /^(damaged|empty-file|not-an-image)$/;
      expect(verdict(outcome), `${parts[i]} of ${file.length} bytes`).toMatch(expected);
    });
  });
});

/** A zlib stream that inflates to so many million zeros; a thousandth of that in size. */
function packedZeros(millions: number): Bytes {
  const options = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const million = new Uint8Array(deflateSync(new Uint8Array(1_000_000), options));
  const repeated = Array.from({ length: millions }, () => million.subarray(2));
  return concat([million.subarray(0, 2), ...repeated, Uint8Array.of(3, 0, 0, 0, 0, 0)]);
}

/** How often a decoder runs for two good files, without and with what lies between them. */
const UNSEEN = 2;
const DECODED = 3;

describe('bombs', () => {
  const pixels = pngChunk('IDAT', new Uint8Array(deflateSync(new Uint8Array(100 * 301))));
  const zeros = packedZeros(2000);
  const bombs: Readonly<
    Record<string, readonly [() => Bytes | Promise<Bytes>, RegExp, typeof UNSEEN | typeof DECODED]>
  > = {
    'a header of 3,600 megapixels': [() => pngOf(60_000, 60_000, []), /^too-many-pixels$/, UNSEEN],
    'two gigabytes behind a hundred rows': [
      () => pngOf(100, 100, [pngChunk('IDAT', zeros)]),
      /^damaged$/,
      UNSEEN,
    ],
    'two gigabytes as text': [
      () => pngOf(100, 100, [pngChunk('zTXt', concat([latin1('a\0\0'), zeros])), pixels]),
      /^(decoded|damaged)$/,
      DECODED,
    ],
    'two gigabytes as colour profile': [
      () => pngOf(100, 100, [pngChunk('iCCP', concat([latin1('a\0\0'), zeros])), pixels]),
      /^(decoded|damaged)$/,
      DECODED,
    ],
    'a hundred thousand chunks': [
      () => pngOf(100, 100, [...Array(1e5).fill(pngChunk('aaAa', new Uint8Array(0))), pixels]),
      /^decoded$/,
      DECODED,
    ],
    'a JPEG of five thousand scans': [() => jpegOfScans(progressive, 5000), /^damaged$/, UNSEEN],
    'a JPEG of 65,535 × 65,535': [
      () => {
        const file = baseline.slice();
        const frame = [...jpegSegments(file)].find(({ marker }) => marker === 0xc0);
        file.fill(0xff, (frame?.start ?? 0) + 1, (frame?.start ?? 0) + 5);
        return file;
      },
      /^too-many-pixels$/,
      UNSEEN,
    ],
    'an animation whose frame is larger than its canvas': [
      async () => {
        const file = await codecs.webp.encode(createRaster(900, 900), 'lossless', 'fast');
        return buildAnimatedWebp(10, 10, [{ file, x: 0, y: 0, width: 900, height: 900 }]);
      },
      /^damaged$/,
      UNSEEN,
    ],
    'a WebP whose header says less than its picture': [
      () => {
        const small = Uint8Array.of(0, 0, 0, 0, 9, 0, 0, 9, 0, 0);
        const chunks = [...riffChunks(webp, FIRST_CHUNK)].filter(({ type }) => type !== 'VP8X');
        const parts = chunks.map(({ type, start, end }) =>
          riffChunk(type, webp.subarray(start, end)),
        );
        return riffFile([riffChunk('VP8X', small), ...parts]);
      },
      /^damaged$/,
      DECODED,
    ],
  };

  test.each(Object.entries(bombs))('%s', async (name, [make, expected, decodes]) => {
    const file = fileOf(name, await make());
    const decoders = [codecs.jpeg, codecs.png, codecs.webp].map((codec) =>
      vi.spyOn(codec, 'decode'),
    );
    const [outcome] = await amongGood([file]);
    expect(verdict(outcome)).toMatch(expected);
    expect(decoders.flatMap((decoder) => decoder.mock.calls)).toHaveLength(decodes);
    vi.restoreAllMocks();
  });

  test('a JPEG of as many scans as encoders write is none', async () => {
    const [outcome] = await amongGood([fileOf('a.jpg', jpegOfScans(progressive, 20))]);
    expect(verdict(outcome)).toMatch(/^(decoded|damaged)$/);
    const [whole] = await amongGood([fileOf('a.jpg', progressive)]);
    expect(whole).toMatchObject({ found: SIZE });
  });
});

describe('names', () => {
  const files = () => ({ jpeg: baseline, png, webp });
  const EXTENSIONS = { 'a.jpg': 'jpeg', 'a.PNG': 'png', 'a.webp': 'webp', 'a.txt': '', a: '' };

  test.each(['jpeg', 'png', 'webp'] as const)('a %s is told by its bytes', async (format) => {
    const names = Object.entries(EXTENSIONS);
    const outcomes = await amongGood(names.map(([name]) => fileOf(name, files()[format])));
    outcomes.forEach((outcome, i) => {
      const claimed = names[i][1];
      const warnings =
        claimed && claimed !== format ? [{ kind: 'wrong-extension', actual: format }] : [];
      expect(outcome).toMatchObject({ found: { format, ...SIZE, warnings } });
    });
  });

  test('what is no picture is refused, whatever it is called', async () => {
    const others = ['GIF89a', 'BM', '%PDF-1.7', '\x00\x00\x00\x18ftypheic', '<svg ', 'hello', '\0'];
    const outcomes = await amongGood(others.map((start, i) => fileOf(`${i}.jpg`, latin1(start))));
    for (const outcome of outcomes) expect(verdict(outcome)).toBe('not-an-image');
  });
});

describe('EXIF orientation', () => {
  const withExif = (exif: Bytes): Readonly<Record<string, Bytes>> => {
    const chunks = [...riffChunks(webp, FIRST_CHUNK)];
    const extended = webp.slice(chunks[0].start, chunks[0].end);
    extended[0] |= VP8X_EXIF;
    const parts = chunks
      .slice(1)
      .map(({ type, start, end }) => riffChunk(type, webp.subarray(start, end)));
    const end = png.length - 12;
    return {
      png: concat([png.subarray(0, end), pngChunk('eXIf', exif), png.subarray(end)]),
      webp: riffFile([riffChunk('VP8X', extended), ...parts, riffChunk('EXIF', exif)]),
    };
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i turns every format', async (orientation) => {
    const turned = {
      ...withExif(exifBlock(orientation)),
      jpeg: withOrientation(baseline, orientation),
    };
    const files = Object.entries(turned).map(([name, bytes]) => fileOf(name, bytes));
    const { width, height } = SIZE;
    const size = orientation < 5 ? SIZE : { width: height, height: width };
    for (const outcome of await amongGood(files)) expect(outcome).toMatchObject({ found: size });
  });

  test.each([0, 9, 255, 65_535])('%i means nothing', async (orientation) => {
    const [outcome] = await amongGood([fileOf('a.jpg', withOrientation(baseline, orientation))]);
    expect(outcome).toMatchObject({ found: SIZE });
  });
});

test('files with any bytes changed: each has one end, and none touches its neighbours', async () => {
  const files = [baseline, progressive, png, webp];
  const change = fc.record({
    file: fc.nat(files.length - 1),
    places: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const broken = changes.map(({ file, places }, i) => {
        const bytes = files[file].slice();
        for (const [place, value] of places) bytes[place % bytes.length] = value;
        return fileOf(`${i}`, bytes);
      });
      for (const outcome of await amongGood(broken)) {
        expect(verdict(outcome)).toMatch(
          /^(decoded|damaged|unsupported|not-an-image|too-many-pixels)$/,
        );
      }
    }),
    { numRuns: 60 },
  );
});
