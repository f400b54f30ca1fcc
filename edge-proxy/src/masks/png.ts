/**
 * Masks as PNG (W3C PNG, third edition): read any 8-bit non-interlaced one as grey levels, write
 * the two forms that vendors ask for. Rows are streamed, so a mask costs one byte per pixel.
 */
export interface GreyMask {
  readonly width: number;
  readonly height: number;
  /** Row-major, 255 = change, 0 = keep. */
  readonly levels: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
/** 40 MP: above every vendor's own limit. */
const mostPixels = 40_000_000;

export class BadMask extends Error {}

/** @throws BadMask when the bytes are no mask of the supported form. */
export async function readMask(bytes: Uint8Array<ArrayBuffer>): Promise<GreyMask> {
  const { width, height, channels, data } = parse(bytes);
  const stride = width * channels;
  const raw = new Uint8Array(
    await new Response(
      new Blob(data).stream().pipeThrough(new DecompressionStream('deflate')),
    ).arrayBuffer(),
  );
  if (raw.length !== (stride + 1) * height) throw new BadMask('pixel data of the wrong length');
  const levels = new Uint8Array(width * height);
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const row = raw.subarray(start + 1, start + 1 + stride);
    unfilter(raw[start]!, row, above, channels);
    for (let x = 0; x < width; x += 1) levels[y * width + x] = row[x * channels]! > 127 ? 255 : 0;
    above = row;
  }
  return { width, height, levels };
}

function parse(bytes: Uint8Array<ArrayBuffer>): {
  width: number;
  height: number;
  channels: number;
  data: Uint8Array<ArrayBuffer>[];
} {
  if (!signature.every((byte, i) => bytes[i] === byte)) throw new BadMask('not a PNG');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new BadMask('cut off');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = channelsOf[bytes[25]!];
  if (bytes[24] !== 8 || channels === undefined || bytes[28] !== 0) {
    throw new BadMask('not an 8-bit, non-interlaced, unindexed PNG');
  }
  if (width === 0 || height === 0 || width * height > mostPixels) throw new BadMask('size');
  const data: Uint8Array<ArrayBuffer>[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { width, height, channels, data };
}

/** PNG filters 0–4, undone in place. */
function unfilter(kind: number, row: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < row.length; i += 1) {
    const left = i >= step ? row[i - step]! : 0;
    const up = above[i]!;
    const corner = i >= step ? above[i - step]! : 0;
    switch (kind) {
      case 0:
        return;
      case 1:
        row[i] = row[i]! + left;
        break;
      case 2:
        row[i] = row[i]! + up;
        break;
      case 3:
        row[i] = row[i]! + ((left + up) >> 1);
        break;
      case 4:
        row[i] = row[i]! + paeth(left, up, corner);
        break;
      default:
        throw new BadMask('unknown filter');
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** 8-bit greyscale; `changes` is the level written where pixels change. */
export function writeGrey(
  mask: GreyMask,
  changes: 'white' | 'black',
): Promise<Uint8Array<ArrayBuffer>> {
  const flip = changes === 'white' ? 0 : 255;
  return encode(mask, 0, 1, (row, level, x) => {
    row[x] = level ^ flip;
  });
}

/** RGBA; transparent where pixels change. */
export function writeTransparent(mask: GreyMask): Promise<Uint8Array<ArrayBuffer>> {
  return encode(mask, 6, 4, (row, level, x) => {
    row.fill(level === 255 ? 0 : 255, x * 4, x * 4 + 4);
  });
}

async function encode(
  { width, height, levels }: GreyMask,
  colourType: number,
  channels: number,
  put: (row: Uint8Array, level: number, x: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const deflate = new CompressionStream('deflate');
  const packed = new Response(deflate.readable).arrayBuffer();
  const writer = deflate.writable.getWriter();
  for (let y = 0; y < height; y += 1) {
    const line = new Uint8Array(1 + width * channels);
    const row = line.subarray(1);
    for (let x = 0; x < width; x += 1) put(row, levels[y * width + x]!, x);
    await writer.write(line);
  }
  await writer.close();
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourType, 0, 0, 0], 8);
  const parts = [
    new Uint8Array(signature),
    chunk('IHDR', header),
    chunk('IDAT', new Uint8Array(await packed)),
    chunk('IEND', new Uint8Array(0)),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function chunk(kind: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(body.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i += 1) out[4 + i] = kind.charCodeAt(i);
  out.set(body, 8);
  view.setUint32(body.length + 8, crc32(out.subarray(4, body.length + 8)));
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
