import type { OutputFormat } from '../../core/dataset/image-format.ts';
import { type Bytes, concat, latin1, uint32le, viewOf } from '../bytes.ts';
import { APP2 } from '../headers/jpeg.ts';
import { FIRST_CHUNK, riffChunks, VP8X_ALPHA, VP8X_ICC } from '../headers/webp.ts';
import { pngChunk } from '../png-chunk.ts';
import { riffChunk, riffFile } from '../riff.ts';
import { zlibStored } from './zlib.ts';

/** A JPEG segment holds 65,533 bytes: 14 of them go to the label and the numbering. */
const JPEG_PART = 65_533 - 14;

/**
 * Puts an ICC profile into a file that one of our encoders has just written.
 * @param size of the picture, which WebP's extended header repeats
 */
export function withIcc(
  format: OutputFormat,
  file: Bytes,
  icc: Bytes,
  size: { readonly width: number; readonly height: number },
): Bytes {
  switch (format) {
    case 'png':
      return pngWithIcc(file, icc);
    case 'jpg':
      return jpegWithIcc(file, icc);
    case 'webp':
      return webpWithIcc(file, icc, size);
  }
}

/** iCCP stands right after IHDR, which ends at byte 33 in every PNG. */
function pngWithIcc(file: Bytes, icc: Bytes): Bytes {
  const chunk = pngChunk('iCCP', concat([latin1('icc\0\0'), zlibStored(icc)]));
  return concat([file.subarray(0, 33), chunk, file.subarray(33)]);
}

/** APP2 segments follow JFIF's APP0, which must be the first segment after SOI. */
function jpegWithIcc(file: Bytes, icc: Bytes): Bytes {
  const isJfif = file[2] === 0xff && file[3] === 0xe0;
  const at = isJfif ? 4 + viewOf(file).getUint16(4) : 2;
  const count = Math.ceil(icc.length / JPEG_PART);
  const parts: Uint8Array[] = [file.subarray(0, at)];
  for (let number = 1; number <= count; number += 1) {
    const data = icc.subarray((number - 1) * JPEG_PART, number * JPEG_PART);
    const length = data.length + 16;
    parts.push(
      Uint8Array.of(0xff, APP2, length >> 8, length & 255),
      latin1('ICC_PROFILE\0'),
      Uint8Array.of(number, count),
      data,
    );
  }
  parts.push(file.subarray(at));
  return concat(parts);
}

/** RFC 9649 section 2.7: VP8X, ICCP, then the picture's own chunks. */
function webpWithIcc(
  file: Bytes,
  icc: Bytes,
  { width, height }: { readonly width: number; readonly height: number },
): Bytes {
  const chunks = [...riffChunks(file, FIRST_CHUNK)];
  const old = chunks.find(({ type }) => type === 'VP8X');
  const lossless = chunks.find(({ type }) => type === 'VP8L');
  // Bit 28 after VP8L's signature byte says whether alpha is used.
  const hasAlpha = old
    ? (file[old.start] & VP8X_ALPHA) !== 0
    : lossless !== undefined && (file[lossless.start + 4] & 0x10) !== 0;
  const extended = new Uint8Array(10);
  extended[0] = VP8X_ICC | (hasAlpha ? VP8X_ALPHA : 0);
  extended.set(uint32le(width - 1).subarray(0, 3), 4);
  extended.set(uint32le(height - 1).subarray(0, 3), 7);
  const picture = chunks
    .filter(({ type }) => type !== 'VP8X')
    .map(({ type, start, end }) => riffChunk(type, file.subarray(start, end)));
  return riffFile([riffChunk('VP8X', extended), riffChunk('ICCP', icc), ...picture]);
}
