import type { Bytes } from '../../files/bytes.ts';
import { Stopped } from './stopped.ts';

/**
 * Writes pieces into the file that the user chose, one after the other; what they refer to goes
 * there without passing through this thread. The browser writes beside the file and puts it in place
 * at the end, so a cancelled or failed archive leaves what was there.
 * @throws Stopped when it may not be written to; whatever `pieces` throws
 */
export async function writeChosenFile(
  handle: FileSystemFileHandle,
  pieces: AsyncIterable<Blob | Bytes>,
): Promise<Blob> {
  const file = await handle.createWritable().catch((error: unknown) => {
    throw new Stopped({ kind: 'not-writable', what: String(error) });
  });
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.close();
  } catch (error) {
    await file.abort().catch(() => undefined);
    throw error;
  }
  return handle.getFile();
}
