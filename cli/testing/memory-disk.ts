import type { Disk } from '../stores/disk.ts';

/** A worker was ended in the middle of its work, as by a signal or a lost machine. */
export class Killed extends Error {}

/** A disk in memory, shared by all workers of a test. */
export interface MemoryDisk extends Disk {
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

export function createMemoryDisk(): MemoryDisk {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let names = 0;
  return {
    files,
    async write(path, bytes) {
      files.set(path, Uint8Array.from(bytes));
    },
    async rename(from, to) {
      const bytes = files.get(from);
      if (!bytes) throw Object.assign(new Error(`${from} is not there`), { code: 'ENOENT' });
      files.set(to, bytes);
      files.delete(from);
    },
    read: async (path) => files.get(path) ?? null,
    size: async (path) => files.get(path)?.length ?? null,
    async list(path) {
      const found = new Map<string, boolean>();
      for (const name of files.keys()) {
        if (!name.startsWith(`${path}/`)) continue;
        const [first, ...rest] = name.slice(path.length + 1).split('/');
        found.set(first, rest.length > 0);
      }
      return [...found].sort().map(([name, isFolder]) => ({ name, isFolder }));
    },
    async remove(path) {
      for (const name of [...files.keys()]) {
        if (name === path || name.startsWith(`${path}/`)) files.delete(name);
      }
    },
    async link(from, to) {
      const bytes = files.get(from);
      if (bytes) files.set(to, bytes);
    },
    temporaryName: (path) => `${path}.${names++}.tmp`,
  };
}

/**
 * The disk as one worker sees it, which is killed at its `lifetime`-th step: before it, after it,
 * or, when writing, in the middle. From then on the worker does nothing any more.
 * @param random 0…1
 */
export function mortal(disk: Disk, lifetime: number, random: () => number): Disk {
  let steps = 0;
  const step = async <Value>(work: () => Promise<Value>, half?: () => Promise<void>) => {
    steps += 1;
    if (steps < lifetime) return work();
    if (steps > lifetime) throw new Killed('dead');
    const how = Math.floor(random() * 3);
    if (how === 1) await work();
    if (how === 2) await half?.();
    throw new Killed(`at step ${steps}`);
  };
  return {
    write: (path, bytes) =>
      step(
        () => disk.write(path, bytes),
        () => disk.write(path, bytes.subarray(0, Math.floor(bytes.length * random()))),
      ),
    rename: (from, to) => step(() => disk.rename(from, to)),
    read: (path) => step(() => disk.read(path)),
    size: (path) => step(() => disk.size(path)),
    list: (path) => step(() => disk.list(path)),
    remove: (path) => step(() => disk.remove(path)),
    link: (from, to) => step(() => disk.link(from, to)),
    temporaryName: (path) => disk.temporaryName(path),
  };
}
