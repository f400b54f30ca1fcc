import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { ok, type Result } from '../../core/flow/result.ts';
import type { Orientation } from '../../core/raster/orient.ts';
import { hasText, textAt, viewOf } from '../bytes.ts';
import { exifOrientation } from './exif-orientation.ts';
import { damaged, type PlainHeader } from './image-header.ts';

/** One RIFF chunk; `start`…`end` is its data, padded to an even length in the file. */
export interface RiffChunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The flags of VP8X, RFC 9649 section 2.7.1. */
export const VP8X_ANIMATION = 0x02;
export const VP8X_EXIF = 0x08;
export const VP8X_ALPHA = 0x10;
export const VP8X_ICC = 0x20;

/** Where the chunks begin: after `RIFF`, the size and `WEBP`. */
export const FIRST_CHUNK = 12;

/**
 * Reads size, animation and orientation of a WebP.
 * Format: RFC 9649 (container, VP8L), RFC 6386 section 9.1 (VP8 frame header).
 */
export function parseWebpHeader(bytes: Uint8Array): Result<PlainHeader, ImageProblem> {
  if (bytes.length < FIRST_CHUNK || viewOf(bytes).getUint32(4, true) + 8 > bytes.length) {
    return damaged('webp', 'cut-off');
  }
  let size: { readonly width: number; readonly height: number } | null = null;
  let orientation: Orientation = 1;
  let animated = false;
  for (const chunk of riffChunks(bytes, FIRST_CHUNK)) {
    if (chunk.type === 'EXIF') {
      orientation = exifOrientation(bytes.subarray(chunk.start, chunk.end));
    }
    if (chunk.type === 'VP8X' && chunk.end - chunk.start >= 10) {
      animated = (bytes[chunk.start] & VP8X_ANIMATION) !== 0;
    }
    size ??= pictureSize(bytes, chunk);
  }
  if (!size || size.width === 0 || size.height === 0) return damaged('webp', 'header');
  return ok({ format: 'webp', ...size, orientation, bitsPerChannel: 8, animated });
}

/** The chunks from `offset` on, as far as they are whole. */
export function* riffChunks(bytes: Uint8Array, offset: number): Generator<RiffChunk> {
  const view = viewOf(bytes);
  let at = offset;
  while (at + 8 <= bytes.length) {
    const start = at + 8;
    const end = start + view.getUint32(at + 4, true);
    if (end > bytes.length) return;
    yield { type: textAt(bytes, at, 4), start, end };
    at = end + ((end - start) % 2);
  }
}

/** The size that a picture chunk (VP8X, VP8 or VP8L) states; null for any other chunk. */
function pictureSize(bytes: Uint8Array, chunk: RiffChunk) {
  const { type, start, end } = chunk;
  const view = viewOf(bytes);
  const length = end - start;
  if (type === 'VP8X' && length >= 10) {
    return { width: uint24(bytes, start + 4) + 1, height: uint24(bytes, start + 7) + 1 };
  }
  if (type === 'VP8L' && length >= 5 && bytes[start] === 0x2f) {
    const bits = view.getUint32(start + 1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type === 'VP8 ' && length >= 10 && hasText(bytes, start + 3, '\x9d\x01\x2a')) {
    return {
      width: view.getUint16(start + 6, true) & 0x3fff,
      height: view.getUint16(start + 8, true) & 0x3fff,
    };
  }
  return null;
}

/** Three bytes, least significant first. */
export function uint24(bytes: Uint8Array, offset: number): number {
  return bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16);
}
