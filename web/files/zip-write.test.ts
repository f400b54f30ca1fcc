import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { latin1 } from './bytes.ts';
import { type ZipFile, zipStream } from './zip-write.ts';

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
  // client-zip passes the reason of a cancellation on as an error.
  await reader.cancel('enough').catch((reason) => expect(reason).toBe('enough'));
});

test.each(['', '/a', 'a/', '../a', 'a/../b', 'a//b', './a'])(
  'the name %j breaks the archive instead of leaving its folder',
  async (name) => {
    await expect(archiveOf([{ name, bytes: '' }])).rejects.toThrow('no name for a file');
  },
);
