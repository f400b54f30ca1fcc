import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { latin1 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { readZipDirectory } from './import/zip-directory.ts';
import { type Checksum, type ZipFile, zipBlob, zipStream } from './zip-write.ts';

const FILES: readonly ZipFile[] = [
  { name: 'manifest.json', bytes: '{"name":"Küste"}' },
  { name: 'variants/red-monster/00.png', bytes: latin1('\x89PNG\r\n…') },
  { name: 'variants/赤い/01.png', bytes: new Blob([new Uint8Array(70_000).fill(7)]) },
  { name: 'empty.txt', bytes: '' },
];

async function archiveOf(files: AsyncIterable<ZipFile> | Iterable<ZipFile>) {
  return new Uint8Array(await new Response(zipStream(files)).arrayBuffer());
}

const isMissing = (program: string) => spawnSync(program, ['--help']).error !== undefined;

let folder: string;
let path: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zip-write-'));
  path = join(folder, 'out.zip');
  writeFileSync(path, await archiveOf(FILES));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the archive opens', () => {
  test('in JSZip, checksums and all', async () => {
    const zip = await JSZip.loadAsync(await archiveOf(FILES), { checkCRC32: true });
    expect(Object.keys(zip.files)).toEqual(FILES.map(({ name }) => name));
    expect(await zip.file('manifest.json')?.async('text')).toBe('{"name":"Küste"}');
  });

  test.skipIf(isMissing('unzip'))('with unzip -t', () => {
    expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors');
  });

  test.skipIf(isMissing('python3'))('with Python’s zipfile', () => {
    const script =
      'import json, sys, zipfile\n' +
      'z = zipfile.ZipFile(sys.argv[1])\n' +
      'assert z.testzip() is None\n' +
      'print(json.dumps(z.namelist()))';
    const names = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
    expect(JSON.parse(names)).toEqual(FILES.map(({ name }) => name));
  });
});

describe('the same files give the same bytes', () => {
  test('at another time, from another kind of source', async () => {
    const first = await archiveOf(FILES);
    async function* later() {
      for (const file of FILES) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield file;
      }
    }
    expect(await archiveOf(later())).toEqual(first);
  });

  test('in every time zone', async () => {
    const { TZ } = process.env;
    const archives: Uint8Array[] = [];
    for (const zone of ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia']) {
      process.env.TZ = zone;
      vi.resetModules();
      const fresh = await import('./zip-write.ts');
      const stream = fresh.zipStream(FILES);
      archives.push(new Uint8Array(await new Response(stream).arrayBuffer()));
    }
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
    expect(new Set(archives.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
  });
});

test('entries are asked for one by one while the archive is read', async () => {
  let asked = 0;
  async function* many() {
    for (let i = 0; i < 100; i += 1) {
      asked += 1;
      yield { name: `${i}.bin`, bytes: new Uint8Array(1000) };
    }
  }
  const reader = zipStream(many()).getReader();
  await reader.read();
  expect(asked).toBeLessThan(10);
  await reader.cancel('enough');
});

describe('an archive that refers to its blobs', () => {
  test('has the same bytes as one that is streamed', async () => {
    const blob = await zipBlob(FILES, () => {});
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(await archiveOf(FILES));
  });

  test('does not read what has a checksum, and tells the checksums it had to reckon', async () => {
    const photo = new Blob(['the bytes of a photo']);
    const told: Checksum[] = [];
    const first = await zipBlob(
      [{ name: 'a', bytes: photo, onChecksum: (sum) => told.push(sum) }],
      () => {},
    );
    expect(told).toEqual([{ crc: crc32(latin1('the bytes of a photo')), bytes: 20 }]);
    const read = vi.spyOn(photo, 'arrayBuffer');
    const again = await zipBlob([{ name: 'a', bytes: photo, checksum: told[0] }], () => {});
    expect(read).not.toHaveBeenCalled();
    expect(await again.text()).toBe(await first.text());
  });
});

describe('ZIP64', () => {
  test('more than 65,535 files', async () => {
    const count = 65_600;
    function* many() {
      for (let i = 0; i < count; i += 1) yield { name: `${i}`, bytes: i % 1000 ? '' : `${i}` };
    }
    const archive = await zipBlob(many(), () => {});
    const entries = await readZipDirectory(archive);
    expect(entries).toHaveLength(count);
    expect(entries?.at(-1)).toMatchObject({ path: '65599', bytes: 0 });
    const end = new DataView(await archive.slice(-22).arrayBuffer());
    expect(end.getUint16(10, true)).toBe(0xffff);
    writeFileSync(join(folder, 'many.zip'), new Uint8Array(await archive.arrayBuffer()));
    const script =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]);' +
      'print(len(z.namelist()), z.read("65000").decode())';
    const python = spawnSync('python3', ['-c', script, join(folder, 'many.zip')], {
      encoding: 'utf8',
    });
    if (!python.error) expect(python.stdout.trim()).toBe(`${count} 65000`);
  });

  test('a file over 4 GiB, and what comes after it', async () => {
    const size = 2 ** 32 + 5;
    const archive = new SparseArchive();
    const files = [
      { name: 'huge', bytes: new SparseBlob(size), checksum: { crc: 7, bytes: size } },
      { name: 'after', bytes: 'it' },
    ];
    for await (const chunk of zipStream(files) as unknown as AsyncIterable<Uint8Array>) {
      archive.add(chunk);
    }
    expect(archive.size).toBeGreaterThan(size);
    const entries = await readZipDirectory(archive as unknown as Blob);
    expect(entries).toMatchObject([
      { path: 'huge', bytes: size, packedBytes: size, offset: 0, crc: 7 },
      { path: 'after', bytes: 2, offset: 30 + 4 + 20 + size },
    ]);
  });
});

const CHUNK = new Uint8Array(16 * 1024 * 1024);

/** A blob of zeros that takes no memory. */
class SparseBlob extends Blob {
  readonly #size: number;
  constructor(size: number) {
    super();
    this.#size = size;
  }
  override get size() {
    return this.#size;
  }
  override stream() {
    let left = this.#size;
    return new ReadableStream({
      pull(controller) {
        const length = Math.min(left, CHUNK.length);
        controller.enqueue(CHUNK.subarray(0, length));
        left -= length;
        if (left === 0) controller.close();
      },
    });
  }
}

/** Counts what it is given and keeps only the end of it. */
class SparseArchive {
  size = 0;
  #end = Buffer.alloc(0);
  add(chunk: Uint8Array) {
    this.size += chunk.length;
    this.#end = chunk.length > 1e6 ? Buffer.alloc(0) : Buffer.concat([this.#end, chunk]);
  }
  slice(from: number, to: number) {
    const start = this.size - this.#end.length;
    const bytes = new Uint8Array(Math.max(0, Math.min(to, this.size) - from));
    this.#end.copy(bytes, Math.max(0, start - from), Math.max(0, from - start), to - start);
    return new Blob([bytes]);
  }
}

test.each(['', '/a', 'a/', '../a', 'a/../b', 'a//b', './a'])(
  'the name %j breaks the archive instead of leaving its folder',
  async (name) => {
    await expect(archiveOf([{ name, bytes: '' }])).rejects.toThrow('no name for a file');
  },
);
