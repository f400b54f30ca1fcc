import type { Bytes } from '../../files/bytes.ts';
import { Stopped } from './stopped.ts';

/** Bytes are gathered to about this many: each write to a chosen file is a message. */
const GATHER = 4_000_000;

/**
 * Writes a stream into the file that the user chose. The browser writes beside it and puts it in
 * place at the end, so a cancelled or failed archive leaves what was there.
 * @throws Stopped when it may not be written to; whatever the stream throws
 */
export async function writeChosenFile(
  handle: FileSystemFileHandle,
  stream: ReadableStream<Bytes>,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const file = await handle.createWritable().catch((error: unknown) => {
    throw new Stopped({ kind: 'not-writable', what: String(error) });
  });
  let parts: Bytes[] = [];
  let size = 0;
  const flush = async () => {
    const gathered = new Blob(parts);
    parts = [];
    size = 0;
    await file.write(gathered);
    onBytes(gathered.size);
  };
  try {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      size += next.value.length;
      if (size >= GATHER) await flush();
    }
    await flush();
    await file.close();
  } catch (error) {
    await file.abort().catch(() => undefined);
    throw error;
  }
  return handle.getFile();
}
