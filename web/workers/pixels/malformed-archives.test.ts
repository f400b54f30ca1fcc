import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, MEGABYTE } from '../../core/dataset/limits.ts';
import { type Bytes, concat, latin1, uint32le, viewOf } from '../../files/bytes.ts';
import { crc32 } from '../../files/crc32.ts';
import { readZipDirectory } from '../../files/import/zip-directory.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { gradient } from '../../files/testing/pictures.ts';
import { buildZip, type ZipPart } from '../../files/testing/zip-builder.ts';
import { importAll, type Outcome, verdict } from './testing/import-all.ts';

const codecs = createNodeCodecs();
const CLOSING_BYTES = 22;
let photo: Bytes;

beforeAll(async () => {
  photo = await codecs.png.encode(gradient(24, 16));
});

const entry = (name: string, more: Partial<ZipPart> = {}): ZipPart => ({
  name,
  packed: photo,
  ...more,
});

/** Takes an archive in between two good photos, which must come in whatever it holds. */
async function opened(archive: Bytes, limits = DEFAULT_LIMITS): Promise<Outcome[]> {
  const good = (name: string) => new File([photo], name);
  const files = [good('first.png'), new File([archive], 'photos.zip'), good('last.png')];
  const outcomes = await importAll(files, codecs, limits);
  expect([verdict(outcomes.at(0)), verdict(outcomes.at(-1))]).toEqual(['decoded', 'decoded']);
  return outcomes.slice(1, -1);
}

const verdicts = async (archive: Bytes) => (await opened(archive)).map(verdict);

/** Raw deflate of so many million zeros; a thousandth of that in size. */
function packedZeros(millions: number): Bytes {
  const options = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const million = new Uint8Array(deflateRawSync(new Uint8Array(1_000_000), options));
  return concat([...Array.from({ length: millions }, () => million), Uint8Array.of(3, 0)]);
}

describe('one bad entry costs itself only', () => {
  const bad: Readonly<Record<string, readonly [() => ZipPart, string]>> = {
    'a name above the archive': [() => entry('../../a.png'), 'unsafe-name'],
    'a name above it inside folders': [() => entry('a/../../a.png'), 'unsafe-name'],
    backslashes: [() => entry('..\\..\\a.png'), 'unsafe-name'],
    'an absolute name': [() => entry('/etc/a.png'), 'unsafe-name'],
    'a drive letter': [() => entry('C:\\a.png'), 'unsafe-name'],
    'a share': [() => entry('\\\\server\\a.png'), 'unsafe-name'],
    'a NUL in the name': [() => entry('a.png\0.jpg'), 'unsafe-name'],
    'an encrypted file': [() => entry('a.png', { flags: 1 }), 'encrypted'],
    'an encrypted directory': [() => entry('a.png', { flags: 0x2000 }), 'encrypted'],
    'a ZIP inside': [
      () => entry('more.zip', { packed: buildZip([entry('a.png')]) }),
      'nested-archive',
    ],
    'a ZIP inside under another name': [
      () => entry('more.png', { packed: buildZip([entry('a.png')]) }),
      'not-an-image',
    ],
    'another archive inside': [() => entry('more.tar.gz'), 'nested-archive'],
    LZMA: [() => entry('a.png', { method: 14 }), 'unsupported-compression'],
    'a wrong checksum': [() => entry('a.png', { crc: 1 }), 'unreadable-archive'],
    'data that is not deflated': [() => entry('a.png', { method: 8 }), 'unreadable-archive'],
    'more than it says': [
      () => entry('a.png', { method: 8, packed: new Uint8Array(deflateRawSync(photo)), bytes: 3 }),
      'unreadable-archive',
    ],
    'a bomb that says its size': [
      () => entry('a.png', { method: 8, packed: packedZeros(1000), bytes: 1e9 }),
      'too-many-bytes',
    ],
    'a bomb that says less': [
      () => entry('a.png', { method: 8, packed: packedZeros(1000), bytes: 1000 }),
      'too-many-bytes',
    ],
    'a photo that is cut': [() => entry('a.png', { packed: photo.slice(0, -40) }), 'damaged'],
    'a link': [() => entry('a.png', { packed: latin1('/etc/passwd') }), 'not-an-image'],
    nothing: [() => entry('a.png', { packed: new Uint8Array(0) }), 'empty-file'],
  };

  test.each(Object.entries(bad))('%s', async (_, [make, expected]) => {
    const archive = buildZip([entry('before.png'), make(), entry('after.png')]);
    expect(await verdicts(archive)).toEqual(['decoded', expected, 'decoded']);
  });

  test('packed data that fills the archive is not read to be refused', async () => {
    const limits = { ...DEFAULT_LIMITS, fileBytes: MEGABYTE };
    const huge = entry('a.png', { method: 8, packed: new Uint8Array(2 * MEGABYTE), bytes: 10 });
    const outcomes = await opened(buildZip([huge, entry('b.png')]), limits);
    expect(outcomes.map(verdict)).toEqual(['too-many-bytes', 'decoded']);
  });
});

/** The archive's only file listed again and again: each unpacks the same bytes. */
function listedOften(times: number): Bytes {
  const one = buildZip([entry('a.png')]);
  const start = viewOf(one).getUint32(one.length - 6, true);
  const record = one.subarray(start, one.length - CLOSING_BYTES);
  const closing = one.slice(one.length - CLOSING_BYTES);
  closing.set([times & 255, times >> 8, times & 255, times >> 8], 8);
  closing.set(uint32le(record.length * times), 12);
  return concat([one.subarray(0, start), ...Array<Bytes>(times).fill(record), closing]);
}

/** An archive with some bytes of its closing record, counted from its start, changed. */
function closedWith(at: number, bytes: readonly number[]): Bytes {
  const archive = buildZip([entry('a.png'), entry('b.png')]);
  archive.set(bytes, archive.length - CLOSING_BYTES + at);
  return archive;
}

describe('an archive that is wrong as a whole is one problem', () => {
  const wrong: Readonly<Record<string, () => Bytes>> = {
    'files that share their bytes': () => listedOften(60_000),
    'more files than it says': () => closedWith(8, [1, 0, 1, 0]),
    'fewer files than it says': () => closedWith(8, [3, 0, 3, 0]),
    'a directory beyond its end': () => closedWith(16, [0xff, 0xff, 0xff, 0x7f]),
    'a directory that is longer than it is': () => closedWith(12, [0xff, 0xff, 0, 0]),
    'a directory that is shorter than it is': () => closedWith(12, [50, 0, 0, 0]),
    'a directory of another kind': () => {
      const archive = closedWith(0, []);
      archive[viewOf(archive).getUint32(archive.length - 6, true)] ^= 1;
      return archive;
    },
    'a ZIP64 record beyond its end': () => {
      const locator = concat([
        uint32le(0x07064b50),
        new Uint8Array(8).fill(0xff),
        new Uint8Array(8),
      ]);
      const archive = closedWith(0, []);
      const end = archive.length - CLOSING_BYTES;
      return concat([archive.subarray(0, end), locator, archive.subarray(end)]);
    },
    'a comment that ends it early': () =>
      buildZip([entry('a.png')], 'PK\x05\x06'.padEnd(40, '\xff')),
  };

  test.each(Object.entries(wrong))('%s', async (_, make) => {
    expect(await verdicts(make())).toEqual(['unreadable-archive']);
  });

  test.each([
    ['nothing at all', () => buildZip([])],
    ['folders', () => buildZip([entry('a/', { packed: new Uint8Array(0) })])],
    ['what systems leave behind', () => buildZip([entry('__MACOSX/a.png'), entry('.DS_Store')])],
  ])('%s', async (_, make) => {
    expect(await verdicts(make())).toEqual(['archive-without-photos']);
  });

  test('cut at every boundary of its structure', async () => {
    const archive = buildZip([entry('a.png'), entry('b.png')]);
    const entries = (await readZipDirectory(new Blob([archive]))) ?? [];
    const directory = viewOf(archive).getUint32(archive.length - 6, true);
    const places = [
      ...entries.flatMap(({ offset }) => [
        offset,
        offset + 30,
        offset + 35,
        offset + 35 + photo.length,
      ]),
      ...[
        directory,
        directory + 46,
        directory + 51,
        archive.length - CLOSING_BYTES,
        archive.length,
      ],
    ];
    for (const length of new Set(places.flatMap((place) => [place - 1, place, place + 1]))) {
      if (length < 4 || length >= archive.length) continue;
      expect(await verdicts(archive.slice(0, length)), `${length} bytes`).toEqual([
        'unreadable-archive',
      ]);
    }
  });
});

test('an archive that is taken from the disk meanwhile is one problem for each file', async () => {
  const file = new File([buildZip([entry('a.png'), entry('b.png')])], 'photos.zip');
  let reads = 0;
  const slice = file.slice.bind(file);
  // Its start and its directory are read; then the card is pulled.
  file.slice = (...place) => {
    reads += 1;
    if (reads <= 3) return slice(...place);
    return Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('gone')) });
  };
  const outcomes = await importAll([file, new File([photo], 'last.png')], codecs);
  expect(outcomes.map(verdict)).toEqual(['unreadable-archive', 'unreadable-archive', 'decoded']);
});

test('a hundred thousand entries are listed without being unpacked', async () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `${i}`);
  const empty = { packed: new Uint8Array(0), crc: crc32(new Uint8Array(0)) };
  const archive = buildZip(names.map((name) => ({ name, ...empty })));
  // 100,000 does not fit into 16 bits: the count that is stated is a wrong one.
  expect(await readZipDirectory(new Blob([archive]))).toBeNull();
  archive.fill(0xff, archive.length - 14, archive.length - 10);
  expect(await readZipDirectory(new Blob([archive]))).toHaveLength(100_000);
});

test('an archive with any bytes changed ends in photos and problems', async () => {
  const packed = new Uint8Array(deflateRawSync(photo));
  const deflated = { packed, method: 8, bytes: photo.length, crc: crc32(photo) };
  const archive = buildZip([entry('a.png'), { name: 'b.png', ...deflated }]);
  const place = fc.nat(archive.length - 1);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 6 }),
      fc.option(place, { nil: archive.length }),
      async (changes, length) => {
        const changed = archive.slice(0, Math.max(4, length));
        for (const [at, value] of changed.length > 4 ? changes : []) {
          if (at >= 4 && at < changed.length) changed[at] = value;
        }
        expect((await opened(changed)).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 150 },
  );
});
