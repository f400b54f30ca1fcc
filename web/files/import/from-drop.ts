import type { ImportItem } from '../import.ts';
import { type FoundFile, incoming } from './from-files.ts';

/**
 * What was dropped or pasted, folders with everything below them. Call it inside the event: the
 * browser empties `items` as soon as the handler returns, so entries are taken right away.
 */
export function fromDataTransfer(
  items: DataTransferItemList,
  fileBytes?: number,
): AsyncGenerator<ImportItem> {
  const roots: (FileSystemEntry | File)[] = [];
  for (const item of items) {
    if (item.kind !== 'file') continue;
    // Pasted pictures have no entry in some browsers.
    const root = item.webkitGetAsEntry() ?? item.getAsFile();
    if (root) roots.push(root);
  }
  return incoming(walkAll(roots), fileBytes);
}

async function* walkAll(roots: readonly (FileSystemEntry | File)[]): AsyncGenerator<FoundFile> {
  for (const root of roots) {
    if (root instanceof File) yield { path: root.name, open: async () => root };
    else yield* walk(root);
  }
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<FoundFile> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFileEntry(entry)) {
    yield { path, open: () => new Promise<File>((done, failed) => entry.file(done, failed)) };
  } else if (isFolderEntry(entry)) {
    try {
      for await (const child of children(entry)) yield* walk(child);
    } catch {
      // A folder that may not be listed is named like a file that may not be read.
      yield { path, open: () => Promise.reject(new Error('The folder cannot be listed.')) };
    }
  }
}

/** Browsers hand out a folder in portions, until an empty one. */
async function* children(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((done, failed) =>
      reader.readEntries(done, failed),
    );
    if (portion.length === 0) return;
    yield* portion.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
