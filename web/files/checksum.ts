import { crc32 } from './crc32.ts';

/** What a ZIP has to say of a file before its bytes. */
export interface Checksum {
  readonly crc: number;
  readonly bytes: number;
}

/** Bytes that are read at a time. */
const WINDOW = 2 ** 20;
/**
 * Engines collect what was read after so many megabytes of buffers (64 in V8), and handles of blobs
 * with them. A buffer that nobody touches counts too but takes no memory, so with one beside each
 * window they collect eight times as often.
 */
const BALLAST = 7 * WINDOW;

/**
 * Checksums of blobs, in their order. They are read as one, window by window: a question to the
 * browser for every small blob would take longer than its bytes.
 */
export async function checksumsOf(blobs: readonly Blob[]): Promise<Checksum[]> {
  const sums = blobs.map(({ size }) => ({ crc: 0, bytes: size, missing: size }));
  const all = new Blob([...blobs]);
  let current = 0;
  for (let start = 0; start < all.size; start += WINDOW) {
    new ArrayBuffer(BALLAST);
    const window = new Uint8Array(await all.slice(start, start + WINDOW).arrayBuffer());
    for (let at = 0; at < window.length; ) {
      while (sums[current].missing === 0) current += 1;
      const sum = sums[current];
      const part = window.subarray(at, at + sum.missing);
      sum.crc = crc32(part, sum.crc);
      sum.missing -= part.length;
      at += part.length;
    }
  }
  return sums.map(({ crc, bytes }) => ({ crc, bytes }));
}
