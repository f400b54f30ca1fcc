import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { fail } from '../../web/core/flow/result.ts';
import { listZip } from '../../web/files/import/read-zip.ts';
import { SNIFF_BYTES, sniff } from '../../web/files/sniff.ts';
import type { Entry } from './entry.ts';

/** What the first bytes of a file say; null when it cannot be opened. */
export async function sniffFile(file: string): Promise<ReturnType<typeof sniff> | null> {
  try {
    const handle = await open(file);
    try {
      const start = new Uint8Array(SNIFF_BYTES);
      const { bytesRead } = await handle.read(start, 0, SNIFF_BYTES, 0);
      return sniff(start.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

export async function isZipFile(file: string): Promise<boolean> {
  const found = await sniffFile(file);
  return found?.kind === 'foreign' && found.found === 'zip';
}

/** The files in an archive, unpacked one by one; an archive that cannot be read is one bad entry. */
export async function* zipEntries(
  file: string,
  path: string,
  fileBytes: number,
): AsyncGenerator<Entry> {
  const listed = await listZip(path, await openAsBlob(file), fileBytes);
  if (!listed.ok) {
    const { problem } = listed;
    yield { path, contentKey: path, sha256: null, read: async () => fail(problem) };
    return;
  }
  for (const { path, contentKey, unpack } of listed.value) {
    yield { path, contentKey, sha256: null, read: unpack };
  }
}
