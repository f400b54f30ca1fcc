import type { Bytes } from '../bytes.ts';
import { concat, uint32be } from '../bytes.ts';

/** Longest run of bytes in one stored block, RFC 1951 section 3.2.4. */
const STORED_MAX = 65_535;

/**
 * A zlib stream (RFC 1950) that holds `data` as it is. CompressionStream gives other bytes in
 * each engine; colour profiles are small, and the same input must give the same file everywhere.
 */
export function zlibStored(data: Uint8Array): Bytes {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start < data.length || start === 0; start += STORED_MAX) {
    const block = data.subarray(start, start + STORED_MAX);
    const last = start + STORED_MAX >= data.length ? 1 : 0;
    const { length } = block;
    parts.push(Uint8Array.of(last, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255));
    parts.push(block);
  }
  parts.push(uint32be(adler32(data)));
  return concat(parts);
}

/** Inflates a zlib stream; null when it is damaged or would exceed `limit` bytes. */
export async function zlibInflate(stream: Bytes, limit: number): Promise<Bytes | null> {
  const reader = new Blob([stream])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
    .getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concat(parts);
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
}

/** RFC 1950 section 9. 3,800 bytes is the longest run whose sums stay exact in 32 bits. */
function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < data.length; ) {
    const end = Math.min(i + 3800, data.length);
    for (; i < end; i += 1) {
      a += data[i];
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
