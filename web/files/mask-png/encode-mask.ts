import type { Mask } from '../../core/mask/mask.ts';
import { type Bytes, concat, uint32be } from '../bytes.ts';
import { PNG_SIGNATURE, pngChunk } from '../png-chunk.ts';
import { deflateRuns } from './deflate-runs.ts';
import { adler32OfRuns, rowRuns } from './row-runs.ts';

/** Colour types of PNG, section 11.2.2 of the specification. */
const GRAYSCALE = 0;
const INDEXED = 3;

/**
 * A mask as an 8-bit grayscale PNG: 255 inside, 0 outside, in the mask's own size. The same mask
 * gives the same bytes everywhere.
 */
export function encodeMaskPng(mask: Mask): Bytes {
  return encodePng(mask, 255, GRAYSCALE, []);
}

/**
 * A mask as an 8-bit indexed PNG: `index` inside, 0 outside.
 *
 * @param index 1…255
 * @param palette 256 RGB colours, 768 bytes
 */
export function encodeIndexedMaskPng(mask: Mask, index: number, palette: Uint8Array): Bytes {
  return encodePng(mask, index, INDEXED, [pngChunk('PLTE', palette)]);
}

function encodePng(mask: Mask, inside: number, colourType: number, extra: readonly Bytes[]): Bytes {
  const { width, height } = mask;
  const header = new Uint8Array(13);
  header.set(uint32be(width), 0);
  header.set(uint32be(height), 4);
  header[8] = 8; // bits a channel; compression, filter and interlace stay 0
  header[9] = colourType;
  const runs = rowRuns(mask);
  const pixels = concat([
    Uint8Array.of(0x78, 0x01),
    deflateRuns(runs, inside),
    uint32be(adler32OfRuns(runs, inside)),
  ]);
  return concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', pixels),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}
