import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Bytes, latin1 } from './bytes.ts';
import { checksumsOf } from './checksum.ts';
import { readZipDirectory } from './import/zip-directory.ts';
import {
  joinPieces,
  type ZipFile,
  type ZipPiece,
  zipOfPieces,
  zipPiece,
  zipStream,
} from './zip-write.ts';

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

/** The archive of these files, each run of them a piece. */
async function blobOf(...runs: readonly (readonly ZipFile[])[]): Promise<Blob> {
  return archiveOfPieces(await Promise.all(runs.map((files) => zipPiece(files))));
}

async function archiveOfPieces(pieces: readonly ZipPiece[]): Promise<Blob> {
  const parts: (Blob | Bytes)[] = [];
  for await (const part of zipOfPieces(pieces)) parts.push(part);
  return new Blob(parts);
}

describe('an archive of pieces that refer to their blobs', () => {
  test('has the same bytes as one that is streamed, however it is cut', async () => {
    const streamed = await archiveOf(FILES);
    for (const cut of [0, 1, 2, 4]) {
      const blob = await blobOf(FILES.slice(0, cut), FILES.slice(cut));
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(streamed);
    }
  });

  test('and however the pieces are joined', async () => {
    const streamed = await archiveOf(FILES);
    const [a, b, c, d] = await Promise.all(FILES.map((file) => zipPiece([file])));
    const joined = joinPieces([joinPieces([a, b]), joinPieces([joinPieces([c]), d])]);
    for (const pieces of [[joined], [a, joinPieces([b, c]), d]]) {
      const blob = await archiveOfPieces(pieces);
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(streamed);
    }
  });

  test('does not read what has a checksum', async () => {
    const photo = new Blob(['the bytes of a photo']);
    const [checksum] = await checksumsOf([photo]);
    const first = await blobOf([{ name: 'a', bytes: photo }]);
    const reads = [vi.spyOn(photo, 'arrayBuffer'), vi.spyOn(photo, 'stream')];
    const again = await blobOf([{ name: 'a', bytes: photo, checksum }]);
    for (const read of reads) expect(read).not.toHaveBeenCalled();
    expect(await again.text()).toBe(await first.text());
  });
});

describe('ZIP64', () => {
  test('more than 65,535 files', async () => {
    const count = 65_600;
    const many = Array.from({ length: count }, (_, i) => ({
      name: `${i}`,
      bytes: i % 1000 ? '' : `${i}`,
    }));
    const archive = await blobOf(many.slice(0, 40_000), many.slice(40_000));
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
    if (process.platform === 'win32') return;
    const script =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]);' +
      'print(*[i.file_size for i in z.infolist()], z.read("after").decode())';
    const file = join(folder, 'huge.zip');
    archive.writeTo(file);
    const python = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
    if (!python.error) expect(python.stdout.trim()).toBe(`${size} 2 it`);
    const unzip = spawnSync('unzip', ['-p', file, 'after'], { encoding: 'utf8' });
    if (!unzip.error) expect(unzip.stdout).toBe('it');
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

/** Keeps what it is given but for zeros. */
class SparseArchive {
  size = 0;
  readonly #chunks: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  add(bytes: Uint8Array) {
    if (bytes.buffer !== CHUNK.buffer) this.#chunks.push({ at: this.size, bytes });
    this.size += bytes.length;
  }
  slice(from: number, to: number) {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, this.size) - from));
    for (const { at, bytes: chunk } of this.#chunks) {
      const start = Math.max(from, at);
      const end = Math.min(from + bytes.length, at + chunk.length);
      if (start < end) bytes.set(chunk.subarray(start - at, end - at), start - from);
    }
    return new Blob([bytes]);
  }
  /** As a file with a hole, which takes no room on the disk. */
  writeTo(path: string) {
    const file = openSync(path, 'w');
    for (const { at, bytes } of this.#chunks) writeSync(file, bytes, 0, bytes.length, at);
    ftruncateSync(file, this.size);
    closeSync(file);
  }
}

test.each(['', '/a', 'a/', '../a', 'a/../b', 'a//b', './a'])(
  'the name %j breaks the archive instead of leaving its folder',
  async (name) => {
    await expect(archiveOf([{ name, bytes: '' }])).rejects.toThrow('no name for a file');
  },
);
