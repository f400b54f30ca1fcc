import type { Damage, ImageProblem } from '../../core/dataset/image-problem.ts';
import { ok, type Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Orientation } from '../../core/raster/orient.ts';
import { textAt, viewOf } from '../bytes.ts';
import { crc32 } from '../crc32.ts';
import { exifOrientation } from './exif-orientation.ts';
import { damaged, type PlainHeader } from './image-header.ts';

/** One chunk; `start`…`end` is its data, the CRC follows. */
export interface PngChunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Bit depths that each colour type allows: PNG specification (third edition), table 12. */
const BIT_DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/** Reads size, depth, animation and orientation of a PNG. Format: W3C PNG, section 5 and 11. */
export function parsePngHeader(bytes: Uint8Array): Result<PlainHeader, ImageProblem> {
  let orientation: Orientation = 1;
  let animated = false;
  let header: PngChunk | null = null;
  for (const chunk of pngChunks(bytes)) {
    if (header === null) {
      if (chunk.type !== 'IHDR' || chunk.end - chunk.start !== 13) return damaged('png', 'header');
      header = chunk;
    }
    // A checksum that fails makes an optional chunk absent, as in every other reader.
    if (chunk.type === 'acTL' && isIntact(bytes, chunk)) animated = true;
    if (chunk.type === 'eXIf' && isIntact(bytes, chunk)) {
      orientation = exifOrientation(bytes.subarray(chunk.start, chunk.end));
    }
  }
  if (header === null) return damaged('png', 'cut-off');
  if (!isIntact(bytes, header)) return damaged('png', 'checksum');
  const view = viewOf(bytes);
  const width = view.getUint32(header.start);
  const height = view.getUint32(header.start + 4);
  const bits = view.getUint8(header.start + 8);
  const colourType = view.getUint8(header.start + 9);
  const legal =
    width > 0 &&
    height > 0 &&
    width < 2 ** 31 &&
    height < 2 ** 31 &&
    BIT_DEPTHS.get(colourType)?.includes(bits);
  if (!legal) return damaged('png', 'header');
  return ok({ format: 'png', width, height, orientation, bitsPerChannel: bits, animated });
}

/**
 * Looks for damage that the decoder overlooks: it ignores checksums, and inflates what is there,
 * however little the picture needs. Every critical chunk (upper-case first letter) must match its
 * CRC, IEND must be there, and the packed pixels must not be larger than they can be.
 */
export function findPngDamage(bytes: Uint8Array, { width, height }: Size): Damage | null {
  let packed = 0;
  for (const chunk of pngChunks(bytes)) {
    if (chunk.type === 'IDAT') packed += chunk.end - chunk.start;
    if (packed > mostPacked(width, height)) return 'pixels';
    if (chunk.type === 'IEND') return null;
    const critical = chunk.type.charCodeAt(0) < 0x60;
    if (critical && !isIntact(bytes, chunk)) return 'checksum';
  }
  return 'cut-off';
}

/**
 * Eight bytes a pixel (RGBA of 16 bits) and filter bytes for every row of seven passes, doubled:
 * deflate expands by an eighth at worst (RFC 1951, fixed codes).
 */
function mostPacked(width: number, height: number): number {
  return 2 * (width * height * 8 + height * 7) + 1024;
}

/** The chunks in file order, up to IEND or the last one that is whole. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = viewOf(bytes);
  let offset = 8;
  while (offset + 8 <= bytes.length) {
    const type = textAt(bytes, offset + 4, 4);
    const start = offset + 8;
    const end = start + view.getUint32(offset);
    // IEND's own checksum may be missing: all pixels come before it.
    if (end + (type === 'IEND' ? 0 : 4) > bytes.length) return;
    yield { type, start, end };
    if (type === 'IEND') return;
    offset = end + 4;
  }
}

/** Whether the CRC over type and data is the one that the file states. */
export function isIntact(bytes: Uint8Array, chunk: PngChunk): boolean {
  return crc32(bytes.subarray(chunk.start - 4, chunk.end)) === viewOf(bytes).getUint32(chunk.end);
}
