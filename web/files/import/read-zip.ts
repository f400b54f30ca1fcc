import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { fail } from '../../core/flow/result.ts';
import { type ImportItem, isClutter, splitPath } from '../import.ts';
import { unpackEntry } from './unpack-entry.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

const ARCHIVE = /\.(?:zip|7z|rar|tar|tgz|gz|bz2|xz|zst)$/i;
const STORED = 0;
const DEFLATED = 8;

/**
 * The files in a ZIP archive, in the archive's order, each unpacked when it is asked for. Names
 * that would leave the archive, encrypted entries, archives inside the archive and files that
 * unpack to more than `fileBytes` are refused by name and the next one goes on.
 * @param path of the archive itself; its files appear below it like in a folder
 */
export async function* readZip(
  path: string,
  archive: Blob,
  fileBytes: number = DEFAULT_LIMITS.fileBytes,
): AsyncGenerator<ImportItem> {
  const listed = await readZipDirectory(archive).catch(() => null);
  const files = listed?.filter((entry) => !entry.isFolder && !isClutter(entry.path));
  if (!files) {
    yield { ok: false, ...splitPath(path), problem: { kind: 'unreadable-archive' } };
    return;
  }
  if (files.length === 0) {
    yield { ok: false, ...splitPath(path), problem: { kind: 'archive-without-photos' } };
  }
  for (const entry of files) {
    const place = splitPath(`${path}/${entry.path}`);
    const problem = entryProblem(entry, fileBytes);
    const unpacked = problem ? fail(problem) : await unpackEntry(archive, entry, fileBytes);
    yield unpacked.ok
      ? { ok: true, ...place, blob: new Blob([unpacked.value]) }
      : { ok: false, ...place, problem: unpacked.problem };
  }
}

/** Why an entry is not even tried. */
function entryProblem(entry: ZipEntry, fileBytes: number): ImageProblem | null {
  if (isUnsafe(entry.path)) return { kind: 'unsafe-name' };
  if (entry.isEncrypted) return { kind: 'encrypted' };
  if (ARCHIVE.test(entry.path)) return { kind: 'nested-archive' };
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    return { kind: 'unsupported-compression' };
  }
  if (entry.bytes > fileBytes) {
    return { kind: 'too-many-bytes', bytes: entry.bytes, limit: fileBytes };
  }
  return null;
}

/** Absolute paths, drive letters, `..` and control characters ("zip slip"). */
function isUnsafe(path: string): boolean {
  return /^\/|^[a-z]:|\p{Cc}/iu.test(path) || path.split('/').includes('..');
}
