import { type Bytes, concat, uint32be } from '../bytes.ts';
import { zlibStored } from '../metadata/zlib.ts';
import { PNG_SIGNATURE, pngChunk } from '../png-chunk.ts';

/** What to put into a PNG; nothing is checked, so that wrong files can be made too. */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  readonly colourType: number;
  /** Packed rows without filter bytes. */
  readonly rows: readonly (readonly number[])[];
  /** Chunks between IHDR and IDAT. */
  readonly extra?: readonly Uint8Array[];
}

/** A PNG file made by hand: filter type 0, stored blocks. */
export function buildPng({
  width,
  height,
  bitDepth,
  colourType,
  rows,
  extra = [],
}: PngParts): Bytes {
  const header = concat([
    uint32be(width),
    uint32be(height),
    Uint8Array.of(bitDepth, colourType, 0, 0, 0),
  ]);
  const data = zlibStored(concat(rows.map((row) => Uint8Array.of(0, ...row))));
  return concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', data),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

/** The bytes of 16-bit values, most significant first. */
export function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value >> 8, value & 255]);
}
