import { type Bytes, concat, latin1, uint32le } from './bytes.ts';

/** A chunk with its length, padded to even. */
export function riffChunk(type: string, data: Uint8Array): Bytes {
  const padding = new Uint8Array(data.length % 2);
  return concat([latin1(type), uint32le(data.length), data, padding]);
}

/** A WebP file of these chunks. */
export function riffFile(chunks: readonly Uint8Array[]): Bytes {
  const body = concat([latin1('WEBP'), ...chunks]);
  return concat([latin1('RIFF'), uint32le(body.length), body]);
}
