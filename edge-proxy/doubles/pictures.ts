import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';

interface Colour {
  r: number;
  g: number;
  b: number;
}

export type PictureFormat = 'png' | 'jpeg' | 'webp';
export const MEDIA_TYPE: Readonly<Record<PictureFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

const DEFAULT_SIDE = 64;

/** A small valid picture of one colour. `seed` chooses the colour, so results can be told apart. */
export function picture(
  format: PictureFormat,
  seed = 0,
  width = DEFAULT_SIDE,
  height = DEFAULT_SIDE,
): Buffer {
  const colour = {
    r: (seed * 73 + 40) % 256,
    g: (seed * 151 + 90) % 256,
    b: (seed * 31 + 160) % 256,
  };
  if (format === 'png') return flatPng(width, height, colour);
  if (format === 'webp') return flatWebp(width, height, colour);
  return flatJpeg(width, height, colour.g);
}

/** The file with bytes after its end, which no decoder reads, so that it is at least `size` long. */
export function padded(file: Buffer, size: number): Buffer {
  return file.length >= size ? file : Buffer.concat([file, randomBytes(size - file.length)]);
}

/** CRC-32 of PNG chunks (`node:zlib` has it only from Node 22.2 on). */
function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/**
 * A PNG whose pixels come from `at(x, y)` as RGB or RGBA bytes (all of one length).
 * https://www.w3.org/TR/png-3/
 */
export function png(
  width: number,
  height: number,
  channels: 3 | 4,
  at: (x: number, y: number) => readonly number[],
): Buffer {
  const stride = 1 + width * channels;
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) raw.set(at(x, y), y * stride + 1 + x * channels);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function flatPng(width: number, height: number, { r, g, b }: Colour): Buffer {
  return png(width, height, 3, () => [r, g, b]);
}

/**
 * A baseline grey JPEG of one level: with Huffman tables of one or two codes every block is a DC
 * difference (only the first is not zero) and an end-of-block. ITU-T T.81 Annex B, F.
 */
function flatJpeg(width: number, height: number, level: number): Buffer {
  const marker = (code: number, data: readonly number[]): Buffer =>
    Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 255, ...data]);
  // With every quantiser 8, the DC coefficient of a flat block is exactly `level - 128`.
  const dc = level - 128;
  const size = dc === 0 ? 1 : 32 - Math.clz32(Math.abs(dc));
  const counts = (...ofLength: number[]): number[] => [
    ...ofLength,
    ...Array(16 - ofLength.length).fill(0),
  ];
  // DC codes: `0` = no difference, `10` = a difference of `size` bits. AC code: `0` = end of block.
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const magnitude = dc > 0 ? dc : dc + 2 ** size - 1;
  let bits = dc === 0 ? '00' : `10${magnitude.toString(2).padStart(size, '0')}0`;
  bits += '00'.repeat(blocks - 1);
  bits += '1'.repeat((8 - (bits.length % 8)) % 8);
  const scan: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    const byte = Number.parseInt(bits.slice(i, i + 8), 2);
    scan.push(byte);
    if (byte === 0xff) scan.push(0);
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    marker(0xdb, [0, ...Array(64).fill(8)]),
    marker(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    marker(0xc4, [0x00, ...counts(1, 1), 0, size]),
    marker(0xc4, [0x10, ...counts(1), 0]),
    marker(0xda, [1, 1, 0x00, 0, 63, 0]),
    Buffer.from(scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/**
 * A lossless WebP of one colour: every prefix code has a single symbol, so pixels cost no bits.
 * https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification
 */
function flatWebp(width: number, height: number, { r, g, b }: Colour): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  put(width - 1, 14);
  put(height - 1, 14);
  put(0, 4); // No alpha, version 0.
  put(0, 3); // No transform, no colour cache, one group of prefix codes.
  for (const symbol of [g, r, b, 255]) {
    put(0b101, 3); // A simple code, one symbol, written in eight bits.
    put(symbol, 8);
  }
  put(0b001, 3); // Distances: a simple code whose symbol is one bit …
  put(0, 1);
  const payload = Buffer.alloc(1 + Math.ceil(bits.length / 8));
  payload[0] = 0x2f;
  bits.forEach((bit, i) => {
    payload[1 + (i >> 3)]! |= bit << (i & 7);
  });
  const padded = Buffer.concat([payload, Buffer.alloc(payload.length % 2)]);
  const out = Buffer.alloc(20);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(12 + padded.length, 4);
  out.write('WEBPVP8L', 8, 'latin1');
  out.writeUInt32LE(payload.length, 16);
  return Buffer.concat([out, padded]);
}

/** Boxes of an MP4 without tracks: enough to be recognised and copied, nothing to play. */
export function video(seed = 0): Buffer {
  const box = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + data.length, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, data]);
  };
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(8000, 16);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    box('moov', box('mvhd', mvhd)),
    box('mdat', Buffer.alloc(256, seed % 256)),
  ]);
}

/** A one-rectangle drawing, as vector models answer. */
export function drawing(): Buffer {
  return Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#48c"/></svg>',
  );
}
