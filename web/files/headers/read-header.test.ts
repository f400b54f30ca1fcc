import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ImageFormat } from '../../core/dataset/image-format.ts';
import type { Bytes } from '../bytes.ts';
import { createNodeCodecs } from '../node.ts';
import { pngChunk } from '../png-chunk.ts';
import { riffChunk, riffFile } from '../riff.ts';
import { exifBlock, withOrientation } from '../testing/exif-builder.ts';
import { gradient, translucent } from '../testing/pictures.ts';
import { buildPng } from '../testing/png-builder.ts';
import { readHeader } from './read-header.ts';
import { FIRST_CHUNK, riffChunks, VP8X_EXIF } from './webp.ts';

const codecs = createNodeCodecs();
const size = { width: 37, height: 21 };
const files = new Map<string, readonly [ImageFormat, Bytes]>();

beforeAll(async () => {
  const opaque = gradient(size.width, size.height);
  const clear = translucent(size.width, size.height);
  files.set('jpeg', ['jpeg', withOrientation(await codecs.jpeg.encode(opaque, 80), 1)]);
  files.set('png', ['png', await codecs.png.encode(clear)]);
  files.set('lossy webp', ['webp', await codecs.webp.encode(opaque, 80)]);
  files.set('lossy webp with alpha', ['webp', await codecs.webp.encode(clear, 80)]);
  files.set('lossless webp', ['webp', await codecs.webp.encode(clear, 'lossless')]);
});

function file(name: string): readonly [ImageFormat, Bytes] {
  const found = files.get(name);
  if (!found) throw new Error(`There is no file "${name}".`);
  return found;
}

const NAMES = ['jpeg', 'png', 'lossy webp', 'lossy webp with alpha', 'lossless webp'];

describe.each(NAMES)('%s', (name) => {
  test('states its size', () => {
    const [format, bytes] = file(name);
    expect(readHeader(format, bytes)).toMatchObject({
      ok: true,
      value: { ...size, format, orientation: 1, bitsPerChannel: 8, animated: false },
    });
  });

  test('cut anywhere, it gives its size or a problem', () => {
    const [format, bytes] = file(name);
    for (let length = 0; length < bytes.length; length += 1) {
      const header = readHeader(format, bytes.subarray(0, length));
      if (header.ok) expect(header.value).toMatchObject(size);
      else expect(header.problem.kind).toBe('damaged');
    }
  });

  test('with wrong bytes anywhere, it never throws and never states an impossible size', () => {
    const [format, bytes] = file(name);
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = bytes.slice();
        for (const [at, value] of list) changed[at] = value;
        const header = readHeader(format, changed);
        if (!header.ok) return;
        expect(header.value.width).toBeGreaterThan(0);
        expect(header.value.height).toBeGreaterThan(0);
        expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(header.value.orientation);
      }),
    );
  });
});

test('random bytes after a signature never throw', () => {
  const any = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(fc.constantFrom<ImageFormat>('jpeg', 'png', 'webp'), any, (format, tail) => {
      const [, bytes] = file(format === 'webp' ? 'lossy webp' : format);
      const start = bytes.subarray(0, 12);
      expect(readHeader(format, Uint8Array.from([...start, ...tail]))).toHaveProperty('ok');
    }),
  );
});

describe('EXIF orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is read from every format', (orientation) => {
    const [, jpeg] = file('jpeg');
    const png = buildPng({
      width: 1,
      height: 1,
      bitDepth: 8,
      colourType: 0,
      rows: [[0]],
      extra: [pngChunk('eXIf', exifBlock(orientation))],
    });
    const [, webp] = file('lossless webp');
    const [picture] = riffChunks(webp, FIRST_CHUNK);
    const extended = Uint8Array.of(VP8X_EXIF, 0, 0, 0, size.width - 1, 0, 0, size.height - 1, 0, 0);
    const withExif = riffFile([
      riffChunk('VP8X', extended),
      riffChunk('VP8L', webp.subarray(picture.start, picture.end)),
      riffChunk('EXIF', exifBlock(orientation)),
    ]);
    for (const header of [
      readHeader('jpeg', withOrientation(jpeg, orientation)),
      readHeader('png', png),
      readHeader('webp', withExif),
    ]) {
      expect(header).toMatchObject({ ok: true, value: { orientation } });
    }
  });

  test.each([0, 9, 65_535])('%i is no orientation, so the picture is upright', (value) => {
    const [, jpeg] = file('jpeg');
    expect(readHeader('jpeg', withOrientation(jpeg, value))).toMatchObject({
      value: { orientation: 1 },
    });
  });
});

test('a PNG chunk whose checksum fails does not count', () => {
  const chunk = pngChunk('eXIf', exifBlock(6));
  chunk[chunk.length - 1] ^= 1;
  const png = buildPng({
    width: 1,
    height: 1,
    bitDepth: 8,
    colourType: 0,
    rows: [[0]],
    extra: [chunk],
  });
  expect(readHeader('png', png)).toMatchObject({ ok: true, value: { orientation: 1 } });
});

test('a size that is claimed and not there is read without allocating it', () => {
  const png = buildPng({ width: 60_000, height: 60_000, bitDepth: 8, colourType: 6, rows: [] });
  expect(readHeader('png', png)).toMatchObject({ value: { width: 60_000, height: 60_000 } });
});
