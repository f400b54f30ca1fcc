import type { ImageFormat } from '../core/dataset/image-format.ts';
import type { ForeignKind } from '../core/dataset/image-problem.ts';
import { hasText, textAt } from './bytes.ts';

/** What a file is by its first bytes; its name and extension are never looked at. */
export type Sniffed =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  | { readonly kind: 'foreign'; readonly found: ForeignKind };

/** How many bytes from the start of a file `sniff` may look at. */
export const SNIFF_BYTES = 512;

/** Signatures at offset 0, as Latin-1 text. First match wins. */
const SIGNATURES: readonly (readonly [signature: string, found: ForeignKind])[] = [
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['BM', 'bmp'],
  ['%PDF-', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['\x1f\x8b', 'gzip'],
  ['Rar!\x1a\x07', 'rar'],
  ['7z\xbc\xaf\x27\x1c', '7z'],
  ['8BPS', 'photoshop'],
  ['\x00\x00\x01\x00', 'icon'],
  ['\xff\x0a', 'jpeg-xl'],
  ['\x00\x00\x00\x0cJXL ', 'jpeg-xl'],
  ['\x00\x00\x00\x0cjP  ', 'jpeg-2000'],
  ['\xff\x4f\xff\x51', 'jpeg-2000'],
  ['II*\x00\x10\x00\x00\x00CR', 'camera-raw'],
  ['FUJIFILMCCD-RAW', 'camera-raw'],
  ['IIRO', 'camera-raw'],
  ['IIU\x00', 'camera-raw'],
  ['II*\x00', 'tiff'],
  ['MM\x00*', 'tiff'],
  ['II+\x00', 'tiff'],
  ['MM\x00+', 'tiff'],
  ['\x1aE\xdf\xa3', 'video'],
];

/** Major brands of ISO base media files (ISO/IEC 14496-12) that are pictures. */
const PICTURE_BRANDS: ReadonlyMap<string, ForeignKind> = new Map<string, ForeignKind>([
  ['avif', 'avif'],
  ['avis', 'avif'],
  ['heic', 'heic'],
  ['heix', 'heic'],
  ['hevc', 'heic'],
  ['hevx', 'heic'],
  ['heim', 'heic'],
  ['heis', 'heic'],
  ['mif1', 'heic'],
  ['msf1', 'heic'],
  ['crx ', 'camera-raw'],
]);

/** Tells what `bytes`, the start of a file, belong to. Never throws. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (hasText(bytes, 0, '\xff\xd8\xff')) return { kind: 'image', format: 'jpeg' };
  if (hasText(bytes, 0, '\x89PNG\r\n\x1a\n')) return { kind: 'image', format: 'png' };
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) {
    return { kind: 'image', format: 'webp' };
  }
  return { kind: 'foreign', found: foreignKind(bytes) };
}

function foreignKind(bytes: Uint8Array): ForeignKind {
  for (const [signature, found] of SIGNATURES) {
    if (hasText(bytes, 0, signature)) return found;
  }
  if (hasText(bytes, 4, 'ftyp')) return PICTURE_BRANDS.get(textAt(bytes, 8, 4)) ?? 'video';
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'AVI ')) return 'video';
  return textKind(bytes.subarray(0, SNIFF_BYTES));
}

/** Text has no NUL and few control characters; SVG and HTML are told by their first tag. */
function textKind(start: Uint8Array): ForeignKind {
  if (start.length === 0) return 'unknown';
  let controls = 0;
  for (const byte of start) {
    if (byte === 0) return 'unknown';
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls += 1;
  }
  if (controls > 0) return 'unknown';
  try {
    // `stream` tolerates a character cut in half at the end of what is looked at.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    if (/<svg[\s>]/i.test(text)) return 'svg';
    if (/<!doctype html|<html[\s>]/i.test(text)) return 'html';
    return 'text';
  } catch {
    return 'unknown';
  }
}
