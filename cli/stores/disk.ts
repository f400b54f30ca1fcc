import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../problem.ts';

/** The few things a folder store does with a disk; injected, so that a test can pull the plug. */
export interface Disk {
  /** Writes a new file and waits until the device has it. Its folder is made. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Gives a file its final name, replacing what is there: all of it is seen, or nothing. */
  rename(from: string, to: string): Promise<void>;
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Bytes of a file; null when there is none. */
  size(path: string): Promise<number | null>;
  /** Names in a folder, sorted by code units; empty when there is no such folder. */
  list(path: string): Promise<{ readonly name: string; readonly isFolder: boolean }[]>;
  remove(path: string): Promise<void>;
  /** A second name for the same bytes, or a copy where the file system has no links. */
  link(from: string, to: string): Promise<void>;
  /** A name in the folder of `path` that nobody else uses. */
  temporaryName(path: string): string;
}

/** The computer's own disk. Rejects with Node's errors (`ENOSPC`, `EACCES`…). */
export const nodeDisk: Disk = {
  async write(path, bytes) {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => rename(from, to),
  async read(path) {
    const bytes = await readFile(path).catch(missing);
    return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  },
  async size(path) {
    return (await stat(path).catch(missing))?.size ?? null;
  },
  async list(path) {
    const entries = (await readdir(path, { withFileTypes: true }).catch(missing)) ?? [];
    return entries
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
  async link(from, to) {
    await mkdir(dirname(to), { recursive: true });
    const name = this.temporaryName(to);
    try {
      await link(from, name);
    } catch (error) {
      if (!UNLINKABLE.has(codeOf(error))) throw error;
      await copyFile(from, name, constants.COPYFILE_FICLONE);
    }
    await rename(name, to);
    // Renaming onto another name of the same file does nothing, by POSIX, and leaves both.
    await rm(name, { force: true });
  },
  temporaryName: (path) => `${path}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`,
};

/** Another device, or a file system without (or out of) hard links. */
const UNLINKABLE: ReadonlySet<string> = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK']);

function missing(error: unknown): null {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
  throw error;
}
