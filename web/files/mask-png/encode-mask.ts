import type { Mask } from '../../core/mask/mask.ts';
import { type Bytes, concat, uint32be } from '../bytes.ts';
import { adler32 } from '../metadata/zlib.ts';
import { PNG_SIGNATURE, pngChunk } from '../png-chunk.ts';
import { deflateRuns } from './deflate-runs.ts';

/**
 * A mask as an 8-bit grayscale PNG: 255 inside, 0 outside, in the mask's own size. The same mask
 * gives the same bytes everywhere.
 */
export function encodeMaskPng(mask: Mask): Bytes {
  const { width, height } = mask;
  const header = new Uint8Array(13);
  header.set(uint32be(width), 0);
  header.set(uint32be(height), 4);
  header[8] = 8; // bits a channel; colour type, compression, filter and interlace stay 0
  const rows = filteredRows(mask);
  const pixels = concat([Uint8Array.of(0x78, 0x01), deflateRuns(rows), uint32be(adler32(rows))]);
  return concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

/** Rows of 0 and 255, each after filter type 0, so that filter bytes join a run of zeros. */
function filteredRows({ width, height, data }: Mask): Uint8Array {
  const stride = width + 1;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * width;
    const to = y * stride + 1;
    for (let x = 0; x < width; x += 1) rows[to + x] = data[from + x] === 0 ? 0 : 255;
  }
  return rows;
}
