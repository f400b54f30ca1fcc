import { type Bytes, concat, latin1, uint32le } from '../bytes.ts';
import { APP1 } from '../headers/jpeg.ts';

/** A TIFF block with an orientation and a GPS pointer, little-endian. */
export function exifBlock(orientation: number): Bytes {
  const short = (value: number) => Uint8Array.of(value & 255, value >> 8);
  return concat([
    latin1('II*\0'),
    uint32le(8),
    short(2),
    short(0x0112),
    short(3),
    uint32le(1),
    short(orientation),
    short(0),
    short(0x8825),
    short(4),
    uint32le(1),
    uint32le(0),
    uint32le(0),
  ]);
}

/** Puts a segment right after SOI. */
export function withSegment(jpeg: Uint8Array, marker: number, payload: Uint8Array): Bytes {
  const length = payload.length + 2;
  const head = Uint8Array.of(0xff, marker, length >> 8, length & 255);
  return concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]);
}

/** The same JPEG with an EXIF orientation. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Bytes {
  return withSegment(jpeg, APP1, concat([latin1('Exif\0\0'), exifBlock(orientation)]));
}
