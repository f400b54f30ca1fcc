import { expect, test } from 'vitest';
import { Failure } from '../problem.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import type { Disk } from './disk.ts';
import { createFolderStore } from './folder-store.ts';

const failing = (disk: Disk, code: string): Disk => ({
  ...disk,
  async write(path, bytes) {
    await disk.write(path, bytes.subarray(0, 1));
    throw Object.assign(new Error(code), { code });
  },
});

test('a full disk leaves what was there, nothing half written, and says what to do', async () => {
  const disk = createMemoryDisk();
  await createFolderStore('out', disk).put('records/a.json', 'kept');
  const store = createFolderStore('out', failing(disk, 'ENOSPC'));
  const error: unknown = await store.put('records/a.json', 'never').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).problem).toMatchObject({
    exit: 'output',
    message: 'The disk of out is full.',
    next: expect.stringContaining('--resume'),
  });
  expect([...disk.files.keys()]).toEqual(['out/records/a.json']);
  expect(new TextDecoder().decode(disk.files.get('out/records/a.json'))).toBe('kept');
});

test('a folder without permission is named', async () => {
  const store = createFolderStore('out', failing(createMemoryDisk(), 'EACCES'));
  await expect(store.put('a', 'b')).rejects.toThrow('out may not be written (EACCES).');
});

test('what a dead worker left half written is no object', async () => {
  const disk = createMemoryDisk();
  await disk.write('out/objects/aa/x.png.123.tmp', new Uint8Array(3));
  await disk.write('out/objects/aa/y.png', new Uint8Array(4));
  const found = await createFolderStore('out', disk).list('objects');
  expect([...found]).toEqual([['objects/aa/y.png', 4]]);
});
