import type { ImportItem } from '../import.ts';
import { type FoundFile, incoming } from './from-files.ts';

/** Everything in a folder of the File System Access API, and below it. */
export function fromDirectory(folder: FileSystemDirectoryHandle): AsyncGenerator<ImportItem> {
  return incoming(walk(folder, folder.name));
}

async function* walk(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<FoundFile> {
  const entries: (FileSystemDirectoryHandle | FileSystemFileHandle)[] = [];
  try {
    for await (const entry of folder.values()) entries.push(entry);
  } catch {
    yield { path, open: () => Promise.reject(new Error('The folder cannot be listed.')) };
    return;
  }
  // The API promises no order; the user sees one.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = `${path}/${entry.name}`;
    if (entry.kind === 'directory') yield* walk(entry, child);
    else yield { path: child, open: () => entry.getFile() };
  }
}
