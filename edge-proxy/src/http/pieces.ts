/**
 * Request bodies in pieces: text, and files that are read from the bucket while they are sent. The
 * length is known beforehand, so that a body of any size goes out as a stream with
 * `Content-Length`.
 */
import { Base64Encoder, encodedLength } from './base64-stream.ts';
import { chunksOf } from './chunks.ts';

/** A file in the bucket, as itself or in base64. */
export interface FilePiece {
  readonly bytes: number;
  readonly as: 'bytes' | 'base64';
  open(): Promise<ReadableStream<Uint8Array>>;
}

export type Piece = string | Uint8Array | FilePiece;

const encoder = new TextEncoder();
/** A chunk of a stream may be of any size; what is made of it is not. */
const mostAtOnce = 96 * 1024;

function lengthOfOne(piece: Piece): number {
  if (typeof piece === 'string') return encoder.encode(piece).length;
  if (piece instanceof Uint8Array) return piece.length;
  return piece.as === 'base64' ? encodedLength(piece.bytes) : piece.bytes;
}

export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + lengthOfOne(piece), 0);
}

/** One pass over the pieces as a stream of stated length. A file that breaks off breaks the stream. */
export function bodyOf(pieces: readonly Piece[]): ReadableStream<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(lengthOf(pieces));
  // Whoever reads the stream sees it break, which is where a failure is answered.
  pour(pieces, writable.getWriter()).catch(() => {});
  return readable;
}

async function pour(
  pieces: readonly Piece[],
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  try {
    for (const piece of pieces) {
      if (typeof piece === 'string') await writer.write(encoder.encode(piece));
      else if (piece instanceof Uint8Array) await writer.write(piece);
      else await pourFile(piece, writer);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}

async function pourFile(
  { as, bytes: announced, open }: FilePiece,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  const base64 = as === 'base64' ? new Base64Encoder() : null;
  let size = 0;
  for await (const chunk of chunksOf(await open())) {
    size += chunk.length;
    for (let at = 0; at < chunk.length; at += mostAtOnce) {
      const part = chunk.subarray(at, at + mostAtOnce);
      const bytes = base64 === null ? part : base64.encode(part);
      if (bytes.length > 0) await writer.write(bytes);
    }
  }
  if (size !== announced) throw new Error('file of another length');
  const last = base64?.finish();
  if (last !== undefined && last.length > 0) await writer.write(last);
}

/** Hex SHA-256 of the body, by a pass of its own: signatures come before the bytes they cover. */
export async function sha256Of(pieces: readonly Piece[]): Promise<string> {
  const digest = new crypto.DigestStream('SHA-256');
  await pour(pieces, digest.getWriter());
  const bytes = new Uint8Array(await digest.digest);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
