import type { Bytes } from '../bytes.ts';

/** Packs bits into bytes, least significant bit first, as DEFLATE wants them. */
export interface BitWriter {
  /** Appends the `count` low bits of `value`; at most 24 at once. */
  put(value: number, count: number): void;
  /** Everything so far; the last byte is filled up with zeros. Call once, at the end. */
  finish(): Bytes;
}

export function createBitWriter(): BitWriter {
  let bytes = new Uint8Array(1024);
  let length = 0;
  let pending = 0;
  let pendingBits = 0;

  function push(byte: number): void {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length] = byte;
    length += 1;
  }

  return {
    put(value, count) {
      pending |= value << pendingBits;
      pendingBits += count;
      while (pendingBits >= 8) {
        push(pending & 255);
        pending >>>= 8;
        pendingBits -= 8;
      }
    },
    finish() {
      if (pendingBits > 0) push(pending & 255);
      return bytes.slice(0, length);
    },
  };
}
