import { type Bytes, concat, latin1, uint32be } from './bytes.ts';
import { crc32 } from './crc32.ts';

export const PNG_SIGNATURE = latin1('\x89PNG\r\n\x1a\n');

/** A PNG chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const body = concat([latin1(type), data]);
  return concat([uint32be(data.length), body, uint32be(crc32(body))]);
}
