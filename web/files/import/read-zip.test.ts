import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { type Bytes, latin1 } from '../bytes.ts';
import { crc32 } from '../crc32.ts';
import type { ImportItem } from '../import.ts';
import { buildZip, type ZipPart } from '../testing/zip-builder.ts';
import { zipStream } from '../zip-write.ts';
import { readZip } from './read-zip.ts';

const LIMIT = 10_000;
const content = latin1('the bytes of a photo');

async function items(archive: Uint8Array<ArrayBuffer>): Promise<ImportItem[]> {
  const found: ImportItem[] = [];
  for await (const item of readZip('drop/photos.zip', new Blob([archive]), LIMIT)) found.push(item);
  return found;
}

async function bytesOf(item: ImportItem | undefined): Promise<Bytes> {
  if (!item?.ok) throw new Error(`It was refused: ${JSON.stringify(item)}`);
  return new Uint8Array(await item.blob.arrayBuffer());
}

function deflated(name: string, bytes: Uint8Array, claim: Partial<ZipPart> = {}): ZipPart {
  const packed = new Uint8Array(deflateRawSync(bytes));
  return { name, packed, method: 8, bytes: bytes.length, crc: crc32(bytes), ...claim };
}

describe('what is inside comes out', () => {
  test('from an archive of JSZip, folders and all', async () => {
    const zip = new JSZip();
    zip.file('a.jpg', content);
    zip.file('trip/day 1/Küste.png', latin1('x'.repeat(5000)), { compression: 'DEFLATE' });
    const [first, second, ...rest] = await items(
      new Uint8Array(await zip.generateAsync({ type: 'arraybuffer' })),
    );
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ ok: true, name: 'a.jpg', folder: 'drop/photos.zip' });
    expect(second).toMatchObject({ name: 'Küste.png', folder: 'drop/photos.zip/trip/day 1' });
    expect(await bytesOf(first)).toEqual(content);
    expect((await bytesOf(second)).length).toBe(5000);
  });

  test('from an archive of our own, streamed with sizes after the data', async () => {
    const stream = zipStream([{ name: 'variants/dog/1.png', bytes: content }]);
    const archive = new Uint8Array(await new Response(stream).arrayBuffer());
    expect(await bytesOf((await items(archive))[0])).toEqual(content);
  });

  test('after a comment at its end', async () => {
    const archive = buildZip([{ name: 'a.jpg', packed: content }], 'PK is not the end'.repeat(40));
    expect(await bytesOf((await items(archive))[0])).toEqual(content);
  });

  test('two files of one name both come', async () => {
    const archive = buildZip([
      { name: 'a.jpg', packed: content },
      { name: 'a.jpg', packed: latin1('other') },
    ]);
    const [first, second] = await items(archive);
    expect(await bytesOf(first)).toEqual(content);
    expect(await bytesOf(second)).toEqual(latin1('other'));
  });

  test('clutter of systems is left out without a word', async () => {
    const names = ['__MACOSX/._a.jpg', '.DS_Store', 'b/Thumbs.db', 'b/desktop.ini', 'b/.hidden'];
    const archive = buildZip([
      ...names.map((name) => ({ name, packed: content })),
      { name: 'b/', packed: new Uint8Array(0) },
      { name: 'b/a.jpg', packed: content },
    ]);
    expect((await items(archive)).map(({ name }) => name)).toEqual(['a.jpg']);
  });
});

describe('one bad entry is refused and the rest goes on', () => {
  const cases: readonly (readonly [string, ZipPart, string])[] = [
    ['a name above the archive', { name: '../../evil.jpg', packed: content }, 'unsafe-name'],
    ['the same with backslashes', { name: '..\\evil.jpg', packed: content }, 'unsafe-name'],
    ['an absolute name', { name: '/etc/evil.jpg', packed: content }, 'unsafe-name'],
    ['a drive letter', { name: 'C:/evil.jpg', packed: content }, 'unsafe-name'],
    ['a control character', { name: 'a\nb.jpg', packed: content }, 'unsafe-name'],
    ['encrypted', { name: 'secret.jpg', packed: content, flags: 1 }, 'encrypted'],
    ['an archive inside', { name: 'more.zip', packed: content }, 'nested-archive'],
    ['another method', { name: 'a.jpg', packed: content, method: 12 }, 'unsupported-compression'],
    ['a large file', { name: 'a.jpg', packed: content, bytes: LIMIT + 1 }, 'too-many-bytes'],
    ['a bomb that says so', deflated('a.jpg', new Uint8Array(5_000_000)), 'too-many-bytes'],
    [
      'a bomb that lies',
      deflated('a.jpg', new Uint8Array(5_000_000), { bytes: 100 }),
      'too-many-bytes',
    ],
    ['a wrong checksum', { name: 'a.jpg', packed: content, crc: 1 }, 'unreadable-archive'],
    ['broken data', { name: 'a.jpg', packed: content, method: 8 }, 'unreadable-archive'],
  ];

  test.each(cases)('%s', async (_, bad, kind) => {
    const good = deflated('good.jpg', content);
    const [before, refused, after] = await items(buildZip([good, bad, good]));
    expect(refused).toMatchObject({ ok: false, problem: { kind } });
    expect(await bytesOf(before)).toEqual(content);
    expect(await bytesOf(after)).toEqual(content);
  });

  test('an entry whose header lies beyond the archive', async () => {
    const archive = buildZip([{ name: 'a.jpg', packed: content }]);
    // The offset in the only directory record: 4 bytes before its name.
    const record = archive.length - 22 - 'a.jpg'.length - 4;
    archive.set([0xff, 0xff, 0, 0], record);
    expect(await items(archive)).toMatchObject([{ problem: { kind: 'unreadable-archive' } }]);
  });
});

describe('an archive that cannot be read at all is one problem', () => {
  test('cut in half', async () => {
    const archive = buildZip([{ name: 'a.jpg', packed: content }]);
    expect(await items(archive.slice(0, archive.length / 2))).toEqual([
      {
        ok: false,
        name: 'photos.zip',
        folder: 'drop',
        problem: { kind: 'unreadable-archive' },
      },
    ]);
  });

  test('empty', async () => {
    expect(await items(buildZip([]))).toMatchObject([
      { problem: { kind: 'archive-without-photos' } },
    ]);
  });

  test('with any bytes changed, it ends in files and problems, never in an error', async () => {
    const archive = buildZip([deflated('a.jpg', content), { name: 'b.jpg', packed: content }]);
    const changes = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const changed = archive.slice();
        for (const [at, value] of list) changed[at] = value;
        for (const item of await items(changed)) {
          if (item.ok) expect(item.blob.size).toBeLessThanOrEqual(LIMIT);
          else expect(item.problem.kind).toBeTypeOf('string');
        }
      }),
    );
  });
});
