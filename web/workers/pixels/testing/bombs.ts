import { type Bytes, concat, uint32be } from '../../../files/bytes.ts';
import { PNG_SIGNATURE, pngChunk } from '../../../files/png-chunk.ts';

/** A PNG in 8-bit RGB of these chunks, whether they make sense or not. */
export function pngOf(width: number, height: number, chunks: readonly Bytes[]): Bytes {
  const header = concat([uint32be(width), uint32be(height), Uint8Array.of(8, 2, 0, 0, 0)]);
  const end = pngChunk('IEND', new Uint8Array(0));
  return concat([PNG_SIGNATURE, pngChunk('IHDR', header), ...chunks, end]);
}

/** The same progressive JPEG with its last scan said again and again. */
export function jpegOfScans(progressive: Bytes, scans: number): Bytes {
  const last = progressive.lastIndexOf(0xda) - 1;
  const scan = progressive.subarray(last, progressive.length - 2);
  return concat([
    progressive.subarray(0, -2),
    ...Array(scans).fill(scan),
    progressive.subarray(-2),
  ]);
}
