import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import type { Bytes } from '../bytes.ts';
import { type ImportItem, isClutter, isProjectFile, splitPath } from '../import.ts';
import { SNIFF_BYTES, sniff } from '../sniff.ts';
import { readZip } from './read-zip.ts';

/** A file and where it came from, as every source of files can give it. */
export interface FoundFile {
  /** With folders, joined by `/`, when they are known. */
  readonly path: string;
  open(): Promise<Blob>;
}

/**
 * Turns found files into candidates. ZIP archives (told by their bytes, not their names) are
 * opened and their files follow in their place. A file that cannot be read is refused and the
 * next one goes on; nothing is read before it is asked for.
 *
 * @param fileBytes what a file in an archive may unpack to
 */
export async function* incoming(
  files: AsyncIterable<FoundFile> | Iterable<FoundFile>,
  fileBytes: number = DEFAULT_LIMITS.fileBytes,
): AsyncGenerator<ImportItem> {
  for await (const { path, open } of files) {
    if (isClutter(path)) continue;
    const { folder, name } = splitPath(path);
    let blob: Blob;
    let start: Bytes;
    try {
      blob = await open();
      start = new Uint8Array(await blob.slice(0, SNIFF_BYTES).arrayBuffer());
    } catch {
      yield { ok: false, name, folder, problem: { kind: 'unreadable-file' } };
      continue;
    }
    const sniffed = sniff(start);
    const isZip = sniffed.kind === 'foreign' && sniffed.found === 'zip';
    // A project file is an archive that is opened as a whole.
    if (isZip && !isProjectFile(name)) {
      yield* readZip(path, blob, fileBytes);
    } else {
      yield { ok: true, name, folder, blob };
    }
  }
}

/** The files of a file picker, a folder picker (`webkitdirectory`) or the clipboard. */
export function fromFileList(
  files: Iterable<File>,
  fileBytes?: number,
): AsyncGenerator<ImportItem> {
  return incoming(
    Array.from(files, (file) => ({
      path: file.webkitRelativePath || file.name,
      open: async () => file,
    })),
    fileBytes,
  );
}
