/**
 * Masks as PNG (W3C PNG, third edition): any 8-bit, non-interlaced one in, one of the three forms
 * that vendors ask for out. Rows are read, turned and packed one after the other: what is held is
 * two rows and the packed result.
 */
import { Bytes, streamOf } from './bytes.ts';

/** How a vendor marks pixels that change: a level of grey, or no alpha. The page sends white. */
export type MaskForm = 'white' | 'black' | 'transparent';

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
/** 40 MP: above every vendor's own limit. */
const mostPixels = 40_000_000;
/** Level from which a pixel changes. */
const threshold = 128;

export class BadMask extends Error {}

/** @throws BadMask when the bytes are no mask of the supported form. */
export async function convertMask(
  png: ReadableStream<Uint8Array>,
  form: MaskForm,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Bytes(png);
  try {
    const header = await readHeader(bytes);
    return await written(header, form, rowsOf(bytes, header));
  } catch (error) {
    throw error instanceof BadMask ? error : new BadMask('not readable as a PNG');
  } finally {
    await bytes.cancel();
  }
}

async function readHeader(bytes: Bytes): Promise<Header> {
  // Signature, length and name of IHDR, its thirteen bytes, its CRC.
  const head = await bytes.take(33);
  if (!pngSignature.every((byte, i) => head[i] === byte)) throw new BadMask('not a PNG');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = channelsOf[head[25]!];
  if (head[24] !== 8 || channels === undefined || head[28] !== 0) {
    throw new BadMask('not an 8-bit, non-interlaced, unindexed PNG');
  }
  if (width === 0 || height === 0 || width * height > mostPixels) throw new BadMask('size');
  return { width, height, channels };
}

/** The contents of the IDAT chunks. */
async function* packedPixels(bytes: Bytes): AsyncGenerator<Uint8Array> {
  for (;;) {
    const head = await bytes.take(8);
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
    const kind = String.fromCharCode(...head.subarray(4));
    if (kind === 'IEND') return;
    for await (const part of bytes.pass(length)) if (kind === 'IDAT') yield part;
    await bytes.take(4);
  }
}

/** Unfiltered rows. The array is used again for the row after the next. */
async function* rowsOf(
  bytes: Bytes,
  { width, height, channels }: Header,
): AsyncGenerator<Uint8Array> {
  const inflate = new DecompressionStream('deflate');
  const pixels = new Bytes(streamOf(packedPixels(bytes)).pipeThrough(inflate));
  let above = new Uint8Array(width * channels);
  let row = new Uint8Array(width * channels);
  for (let y = 0; y < height; y += 1) {
    const [kind] = await pixels.take(1);
    await pixels.fill(row);
    unfilter(kind!, row, above, channels);
    yield row;
    [above, row] = [row, above];
  }
  if (!(await pixels.isAtEnd())) throw new BadMask('more pixels than announced');
}

/** PNG filters 0–4, undone in place. @throws BadMask for another one */
export function unfilter(kind: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (kind === 0) return;
  for (let i = 0; i < row.length; i += 1) {
    const left = i >= step ? row[i - step]! : 0;
    const up = above[i]!;
    const corner = i >= step ? above[i - step]! : 0;
    if (kind === 1) row[i] = row[i]! + left;
    else if (kind === 2) row[i] = row[i]! + up;
    else if (kind === 3) row[i] = row[i]! + ((left + up) >> 1);
    else if (kind === 4) row[i] = row[i]! + paeth(left, up, corner);
    else throw new BadMask('unknown filter');
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

async function written(
  { width, height, channels }: Header,
  form: MaskForm,
  rows: AsyncGenerator<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const deflate = new CompressionStream('deflate');
  const packed = new Response(deflate.readable).arrayBuffer();
  packed.catch(() => {});
  const writer = deflate.writable.getWriter();
  const outChannels = form === 'transparent' ? 4 : 1;
  const changed = form === 'white' ? 255 : 0;
  for await (const row of rows) {
    const line = new Uint8Array(1 + width * outChannels);
    for (let x = 0; x < width; x += 1) {
      const level = row[x * channels]! >= threshold ? changed : 255 - changed;
      if (outChannels === 1) line[1 + x] = level;
      else line.fill(level, 1 + x * 4, 5 + x * 4);
    }
    await writer.write(line);
  }
  await writer.close();
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, outChannels === 4 ? 6 : 0, 0, 0, 0], 8);
  const parts = [
    new Uint8Array(pngSignature),
    ...chunk('IHDR', header),
    ...chunk('IDAT', new Uint8Array(await packed)),
    ...chunk('IEND', new Uint8Array(0)),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Length, name, contents, check sum. */
function chunk(kind: string, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, body.length);
  for (let i = 0; i < 4; i += 1) head[4 + i] = kind.charCodeAt(i);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, crc32(body, crc32(head.subarray(4))));
  return [head, body, tail];
}

/** CRC-32 of PNG Annex D. @param before the value of what comes before these bytes */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
