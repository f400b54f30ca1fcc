import type { PlannedFile } from '../../web/core/export/planned-file.ts';
import { sha256Hex } from '../../web/files/hash.ts';
import { createDatabase } from '../../web/storage/database.ts';
import { createArchiveClient } from '../../web/workers/archive/client.ts';

const MASK_BYTES = 2_000;
const BATCH = 50;
/** `getRandomValues` gives no more at once. */
const RANDOM_BYTES = 65_536;

export interface ExportPage {
  /** Stores `count` results as a run leaves them. */
  fill(count: number, imageBytes: number): Promise<void>;
  /** Makes one result anew, as after another edit. */
  change(index: number): Promise<void>;
  /** Writes the archive; milliseconds and bytes. */
  build(how: 'blob' | 'file'): Promise<{ readonly time: number; readonly bytes: number }>;
}

const database = createDatabase();
const archiver = createArchiveClient();
const keys: string[] = [];
/** Of the files of results, by their keys in the store. */
const sums = new Map<string, string>();
let imageBytes = 0;

function randomBlob(size: number): Blob {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += RANDOM_BYTES) {
    crypto.getRandomValues(bytes.subarray(at, at + RANDOM_BYTES));
  }
  return new Blob([bytes]);
}

async function put(fresh: readonly string[]): Promise<void> {
  const blobs = fresh.flatMap((key) => [
    [`${key}/image`, randomBlob(imageBytes)] as const,
    [`${key}/mask`, randomBlob(MASK_BYTES)] as const,
  ]);
  for (const [key, blob] of blobs) sums.set(key, await sha256Hex(blob));
  const stored = await database.run(async (db) => {
    const tx = db.transaction('outputs', 'readwrite');
    for (const [key, blob] of blobs) tx.store.put(blob, key);
    await tx.done;
  });
  if (!stored.ok) throw new Error(stored.problem.kind);
}

function planned(): PlannedFile[] {
  const stored = (path: string, key: string, role: 'image' | 'mask'): PlannedFile => ({
    path,
    key,
    role,
    sha256: sums.get(`${key}/${role}`) ?? '',
  });
  return keys.flatMap((key, i) => [
    stored(`variants/a/${i}.png`, key, 'image'),
    stored(`masks/a/${i}.png`, key, 'mask'),
  ]);
}

async function target(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle('bench.zip', { create: true });
}

const page: ExportPage = {
  async fill(count, bytes) {
    imageBytes = bytes;
    for (let from = 0; from < count; from += BATCH) {
      const length = Math.min(BATCH, count - from);
      const fresh = Array.from({ length }, (_, i) => `result-${from + i}`);
      await put(fresh);
      keys.push(...fresh);
    }
  },
  async change(index) {
    const key = `${keys[index]}-again`;
    await put([key]);
    keys[index] = key;
  },
  async build(how) {
    const handle = how === 'file' ? await target() : undefined;
    const begun = performance.now();
    const built = await archiver.build(planned(), () => {}, handle);
    if (!built.ok) throw new Error(built.problem.kind);
    return { time: performance.now() - begun, bytes: built.value.size };
  },
};

Object.assign(globalThis, { page });
