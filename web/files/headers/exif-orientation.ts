import type { Orientation } from '../../core/raster/orient.ts';
import { hasText, viewOf } from '../bytes.ts';

const ORIENTATION_TAG = 0x0112;
const TYPE_SHORT = 3;

/**
 * Reads tag 0x0112 of IFD0 from an EXIF block: a TIFF structure, with or without the `Exif\0\0`
 * that JPEG (always) and WebP (sometimes) put before it. Anything odd counts as upright, like in
 * browsers. Format: CIPA DC-008 (Exif 3.0) section 4.6; TIFF 6.0 section 2.
 */
export function exifOrientation(block: Uint8Array): Orientation {
  const tiff = hasText(block, 0, 'Exif\0\0') ? block.subarray(6) : block;
  const little = hasText(tiff, 0, 'II*\0');
  if (!little && !hasText(tiff, 0, 'MM\0*')) return 1;
  const view = viewOf(tiff);
  if (view.byteLength < 8) return 1;
  const ifd = view.getUint32(4, little);
  if (ifd + 2 > view.byteLength) return 1;
  const entries = view.getUint16(ifd, little);
  for (let i = 0; i < entries; i += 1) {
    const entry = ifd + 2 + i * 12;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    if (view.getUint16(entry + 2, little) !== TYPE_SHORT) return 1;
    return asOrientation(view.getUint16(entry + 8, little));
  }
  return 1;
}

function asOrientation(value: number): Orientation {
  return value >= 1 && value <= 8 ? (value as Orientation) : 1;
}
