import type { Amount } from './meter.ts';

/** Null where the browser has no origin private file system, or refuses it here. */
async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return null;
  }
}

async function weigh(folder: FileSystemDirectoryHandle): Promise<Amount> {
  let count = 0;
  let bytes = 0;
  for await (const handle of folder.values()) {
    if (handle.kind === 'directory') {
      const inside = await weigh(handle as FileSystemDirectoryHandle);
      count += inside.count;
      bytes += inside.bytes;
    } else {
      // A file that is being written elsewhere may go away between being listed and being asked.
      const file = await (handle as FileSystemFileHandle).getFile().catch(() => null);
      if (file) {
        count += 1;
        bytes += file.size;
      }
    }
  }
  return { count, bytes };
}

/** Files in the origin private file system: archives of earlier downloads. */
export async function measurePrivateFiles(): Promise<Amount> {
  const root = await openRoot();
  try {
    return root ? await weigh(root) : { count: 0, bytes: 0 };
  } catch {
    return { count: 0, bytes: 0 };
  }
}

/**
 * Removes all of them but what is being written now.
 * @returns whether everything is gone
 */
export async function clearPrivateFiles(): Promise<boolean> {
  const root = await openRoot();
  let isEmpty = true;
  if (!root) return isEmpty;
  for await (const name of root.keys()) {
    await root.removeEntry(name, { recursive: true }).catch(() => {
      isEmpty = false;
    });
  }
  return isEmpty;
}
