import { inflateSync } from 'node:zlib';
import type { PictureFormat } from './pictures.ts';

/** What a vendor reads from the head of a picture. */
export interface PictureInfo {
  format: PictureFormat | 'gif';
  width: number;
  height: number;
  /** True when the file has an alpha channel. */
  alpha: boolean;
}

/** Reads format and size from a file's head; null when it is no picture that vendors take. */
export function inspect(file: Buffer): PictureInfo | null {
  if (file.length < 16) return null;
  if (file.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return inspectPng(file);
  if (file[0] === 0xff && file[1] === 0xd8) return inspectJpeg(file);
  if (file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP')
    return inspectWebp(file);
  if (/^GIF8[79]a/.test(file.toString('latin1', 0, 6)))
    return {
      format: 'gif',
      width: file.readUInt16LE(6),
      height: file.readUInt16LE(8),
      alpha: false,
    };
  return null;
}

function inspectPng(file: Buffer): PictureInfo | null {
  if (file.length < 33 || file.toString('latin1', 12, 16) !== 'IHDR') return null;
  const alpha = file[25] === 4 || file[25] === 6;
  return { format: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20), alpha };
}

function inspectJpeg(file: Buffer): PictureInfo | null {
  let at = 2;
  while (at + 9 < file.length && file[at] === 0xff) {
    const code = file[at + 1]!;
    // SOF0 … SOF15 without DHT (C4), JPG (C8), DAC (CC).
    if (code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc) {
      const [height, width] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)];
      return { format: 'jpeg', width, height, alpha: false };
    }
    at += 2 + file.readUInt16BE(at + 2);
  }
  return null;
}

function inspectWebp(file: Buffer): PictureInfo | null {
  const kind = file.toString('latin1', 12, 16);
  if (kind === 'VP8L' && file.length >= 25) {
    const bits = file.readUInt32LE(21);
    const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    return { format: 'webp', width, height, alpha: ((bits >>> 28) & 1) === 1 };
  }
  if (kind === 'VP8X' && file.length >= 30) {
    const [width, height] = [file.readUIntLE(24, 3) + 1, file.readUIntLE(27, 3) + 1];
    return { format: 'webp', width, height, alpha: (file[20]! & 0x10) !== 0 };
  }
  if (kind === 'VP8 ' && file.length >= 30) {
    const [width, height] = [file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff];
    return { format: 'webp', width, height, alpha: false };
  }
  return null;
}

/** Channels per pixel of the PNG colour types that need no palette. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/**
 * Pixels of an 8-bit, non-interlaced, non-palette PNG (what canvases and encoders write), row by
 * row, `channels` bytes each. Null for other kinds.
 * Filters: https://www.w3.org/TR/png-3/#9Filters
 */
export function decodePng(file: Buffer): { channels: number; pixels: Buffer } | null {
  const info = inspectPng(file);
  const channels = CHANNELS[file[25]!];
  if (!info || channels === undefined || file[24] !== 8 || file[28] !== 0) return null;
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const stride = info.width * channels;
  let raw: Buffer;
  try {
    raw = inflateSync(Buffer.concat(data));
  } catch {
    return null;
  }
  if (raw.length !== (stride + 1) * info.height) return null;
  const pixels = Buffer.alloc(stride * info.height);
  for (let y = 0; y < info.height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const at = y * stride + i;
      const left = i >= channels ? pixels[at - channels]! : 0;
      const up = y > 0 ? pixels[at - stride]! : 0;
      const corner = y > 0 && i >= channels ? pixels[at - stride - channels]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      pixels[at] = raw[y * (stride + 1) + 1 + i]! + guess;
    }
  }
  return { channels, pixels };
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Strict base64 to bytes, or null (vendors refuse `data:` prefixes and stray characters). */
export function decodeBase64(text: unknown): Buffer | null {
  if (typeof text !== 'string' || text === '' || text.length % 4 !== 0) return null;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

/** The bytes of a `data:image/…;base64,` URL, or null. */
export function decodeDataUrl(url: string): Buffer | null {
  const found = /^data:image\/[a-z+.-]+;base64,/.exec(url);
  return found ? decodeBase64(url.slice(found[0].length)) : null;
}
