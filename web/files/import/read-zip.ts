import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Bytes } from '../bytes.ts';
import { type ImportItem, isClutter, splitPath } from '../import.ts';
import { unpackEntry } from './unpack-entry.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

const ARCHIVE = /\.(?:zip|7z|rar|tar|tgz|gz|bz2|xz|zst)$/i;
const STORED = 0;
const DEFLATED = 8;

/** A file in an archive that nobody has unpacked yet. */
export interface PackedFile {
  /** Of the archive itself, then inside it. */
  readonly path: string;
  /** CRC-32 and length as the archive states them: the same for the same bytes. */
  readonly contentKey: string;
  unpack(): Promise<Result<Bytes, ImageProblem>>;
}

/**
 * What a ZIP archive holds, in its order, without unpacking anything. Names that would leave the
 * archive, encrypted entries, archives inside the archive and files that unpack to more than
 * `fileBytes` answer `unpack` with the reason.
 * @param path of the archive itself; its files appear below it like in a folder
 */
export async function listZip(
  path: string,
  archive: Blob,
  fileBytes: number = DEFAULT_LIMITS.fileBytes,
): Promise<Result<PackedFile[], ImageProblem>> {
  const listed = await readZipDirectory(archive).catch(() => null);
  if (!listed) return fail({ kind: 'unreadable-archive' });
  const files = listed.filter((entry) => !entry.isFolder && !isClutter(entry.path));
  if (files.length === 0) return fail({ kind: 'archive-without-photos' });
  return ok(
    files.map((entry) => ({
      path: `${path}/${entry.path}`,
      contentKey: `crc32 ${entry.crc} ${entry.bytes}`,
      async unpack() {
        const problem = entryProblem(entry, fileBytes);
        return problem ? fail(problem) : unpackEntry(archive, entry, fileBytes);
      },
    })),
  );
}

/** The files in a ZIP archive, in the archive's order, each unpacked when it is asked for. */
export async function* readZip(
  path: string,
  archive: Blob,
  fileBytes: number = DEFAULT_LIMITS.fileBytes,
): AsyncGenerator<ImportItem> {
  const listed = await listZip(path, archive, fileBytes);
  if (!listed.ok) {
    yield { ok: false, ...splitPath(path), problem: listed.problem };
    return;
  }
  for (const file of listed.value) {
    const place = splitPath(file.path);
    const unpacked = await file.unpack();
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
