import type { Bytes } from './bytes.ts';

/** SHA-256 of `data`, 64 lower-case hex digits. Needs a secure context in browsers. */
export async function sha256Hex(data: Blob | Bytes): Promise<string> {
  const bytes = data instanceof Blob ? await data.arrayBuffer() : data;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
