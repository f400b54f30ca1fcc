import { crc32 } from './crc32.ts';

/** What a ZIP has to say of a file before its bytes. */
export interface Checksum {
  readonly crc: number;
  readonly bytes: number;
}

/** Bytes that are read at a time. */
const ROOM = 262_144;

/**
 * Reckons the checksums of blobs one after the other, all through the same piece of memory: what
 * is read otherwise lies around until the engine collects it, tens of megabytes at a time.
 */
export function createBlobChecksum(): (blob: Blob) => Promise<Checksum> {
  let room = new Uint8Array(ROOM);
  return async (blob) => {
    const bytes = blob.size;
    const reader = byteReader(blob);
    if (!reader) return { crc: crc32(new Uint8Array(await blob.arrayBuffer())), bytes };
    let crc = 0;
    for (;;) {
      const { done, value } = await reader.read(room);
      if (value) room = new Uint8Array(value.buffer);
      if (done) return { crc, bytes };
      crc = crc32(value, crc);
    }
  };
}

/** Null where blobs are not streams of bytes (Safari). */
function byteReader(blob: Blob): ReadableStreamBYOBReader | null {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
