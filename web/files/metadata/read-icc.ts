import type { ImageFormat } from '../../core/dataset/image-format.ts';
import { type Bytes, concat, hasText } from '../bytes.ts';
import { APP2, jpegSegments } from '../headers/jpeg.ts';
import { isIntact, pngChunks } from '../headers/png.ts';
import { FIRST_CHUNK, riffChunks } from '../headers/webp.ts';
import { zlibInflate } from './zlib.ts';

const JPEG_ICC = 'ICC_PROFILE\0';

/** Larger profiles are not carried: real ones have 0.5 kB to 4 MB. */
const MAX_ICC_BYTES = 8 * 1024 * 1024;

/**
 * The ICC colour profile of a file, or null when it has none that is whole. The pixels are never
 * converted; the profile is carried through so that they keep their meaning.
 */
export async function readIcc(format: ImageFormat, bytes: Bytes): Promise<Bytes | null> {
  const profile =
    format === 'jpeg' ? jpegIcc(bytes) : format === 'png' ? await pngIcc(bytes) : webpIcc(bytes);
  // Every profile has `acsp` at byte 36 (ICC.1:2022, table 17).
  return profile && profile.length <= MAX_ICC_BYTES && hasText(profile, 36, 'acsp')
    ? profile
    : null;
}

/** Numbered parts in APP2 segments: ICC.1:2022 annex B.4. */
function jpegIcc(bytes: Bytes): Bytes | null {
  const parts = new Map<number, Bytes>();
  let count = 0;
  for (const { marker, start, end } of jpegSegments(bytes)) {
    const data = start + JPEG_ICC.length + 2;
    if (marker !== APP2 || data > end || !hasText(bytes, start, JPEG_ICC)) continue;
    parts.set(bytes[data - 2], bytes.subarray(data, end));
    count = bytes[data - 1];
  }
  if (count === 0) return null;
  const ordered: Bytes[] = [];
  for (let number = 1; number <= count; number += 1) {
    const part = parts.get(number);
    if (!part) return null;
    ordered.push(part);
  }
  return concat(ordered);
}

/** iCCP: a name, NUL, compression method 0, then a zlib stream. */
async function pngIcc(bytes: Bytes): Promise<Bytes | null> {
  for (const chunk of pngChunks(bytes)) {
    if (chunk.type === 'IDAT') return null;
    if (chunk.type !== 'iCCP' || !isIntact(bytes, chunk)) continue;
    const nameEnd = bytes.indexOf(0, chunk.start);
    if (nameEnd < 0 || nameEnd + 2 > chunk.end || bytes[nameEnd + 1] !== 0) return null;
    return zlibInflate(bytes.subarray(nameEnd + 2, chunk.end), MAX_ICC_BYTES);
  }
  return null;
}

function webpIcc(bytes: Bytes): Bytes | null {
  for (const { type, start, end } of riffChunks(bytes, FIRST_CHUNK)) {
    if (type === 'ICCP') return bytes.slice(start, end);
  }
  return null;
}
