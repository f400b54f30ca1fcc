import { join } from 'node:path';
import { codeOf, Failure, GO_ON, textOf } from '../problem.ts';
import { type Disk, nodeDisk } from './disk.ts';
import type { Store } from './store.ts';

/** Left by a worker that died while writing: never read, and nothing is lost by deleting it. */
const TEMPORARY = /\.tmp$/;

/** Disks by store, so that two stores on one disk can share files. */
const places = new WeakMap<Store, { readonly disk: Disk; readonly path: string }>();

/** Keeps objects as files below `path`. Nothing is created before the first `put`. */
export function createFolderStore(path: string, disk: Disk = nodeDisk): Store {
  const full = (name: string) => join(path, name);
  const guard = <Value>(work: Promise<Value>): Promise<Value> =>
    work.catch((error: unknown) => {
      throw folderFailure(path, error);
    });

  async function walk(folder: string, found: Map<string, number>): Promise<void> {
    for (const { name, isFolder } of await disk.list(full(folder))) {
      const path = `${folder}/${name}`;
      if (isFolder) await walk(path, found);
      else if (!TEMPORARY.test(name)) found.set(path, (await disk.size(full(path))) ?? 0);
    }
  }

  async function replace(name: string, bytes: Uint8Array): Promise<void> {
    const temporary = disk.temporaryName(full(name));
    try {
      await disk.write(temporary, bytes);
      await disk.rename(temporary, full(name));
    } catch (error) {
      await disk.remove(temporary).catch(() => undefined);
      throw error;
    }
  }

  const store: Store = {
    where: path,
    put: (name, bytes) =>
      guard(replace(name, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)),
    get: (name) => guard(disk.read(full(name))),
    async list(folder) {
      const found = new Map<string, number>();
      await guard(walk(folder, found));
      return found;
    },
    async folders() {
      const entries = await guard(disk.list(path));
      return entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
    },
    remove: (name) => guard(disk.remove(full(name))),
    below: (folder) => createFolderStore(full(folder), disk),
    async adopt(from, name, as) {
      const place = places.get(from);
      if (place?.disk !== disk) return false;
      await guard(disk.link(join(place.path, name), full(as)));
      return true;
    },
  };
  places.set(store, { disk, path });
  return store;
}

/** What a file system error means to whoever started the command. */
export function folderFailure(path: string, error: unknown): unknown {
  if (error instanceof Failure) return error;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure('output', `The disk of ${path} is full.`, `Free some space. ${GO_ON}`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Failure(
        'output',
        `${path} may not be written (${codeOf(error)}).`,
        'Choose another folder with -o, or change its permissions.',
      );
    case 'EIO':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EMFILE':
    case 'ENAMETOOLONG':
      return new Failure(
        'output',
        `${path} cannot be used: ${textOf(error)}.`,
        `Check the disk, or choose another place with -o. ${GO_ON}`,
      );
    default:
      return error;
  }
}
