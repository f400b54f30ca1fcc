/** Grey pictures as PNG, whole in memory: what tests send, and how they read what was made of it. */
import { crc32, pngSignature, unfilter } from '../masks/png.ts';

export interface Grey {
  readonly width: number;
  readonly height: number;
  /** Row-major, one byte a pixel. */
  readonly levels: Uint8Array;
}

const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer(),
  );

/** @param channels samples a pixel, all of the pixel's level (3 or 4 for RGB and RGBA) */
export async function writeGrey(
  { width, height, levels }: Grey,
  channels: 1 | 2 | 3 | 4 = 1,
): Promise<Uint8Array<ArrayBuffer>> {
  const stride = 1 + width * channels;
  const raw = new Uint8Array(stride * height);
  for (let i = 0; i < levels.length; i += 1) {
    const at = Math.floor(i / width) * stride + 1 + (i % width) * channels;
    raw.fill(levels[i]!, at, at + channels);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, [0, 0, 4, 2, 6][channels]!, 0, 0, 0], 8);
  const packed = await through(raw, new CompressionStream('deflate'));
  const parts = [chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', new Uint8Array(0))];
  const blob = new Blob([new Uint8Array(pngSignature), ...parts]);
  return new Uint8Array(await blob.arrayBuffer());
}

/** The first sample of each pixel of an 8-bit PNG, and its last one (alpha, where it has one). */
export async function readGrey(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Grey & { readonly last: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = [1, 0, 3, 0, 2, 0, 4][bytes[25]!]!;
  const data: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const packed = new Uint8Array(await new Blob(data).arrayBuffer());
  const raw = await through(packed, new DecompressionStream('deflate'));
  const [levels, last] = [new Uint8Array(width * height), new Uint8Array(width * height)];
  let above: Uint8Array = new Uint8Array(width * channels);
  for (let y = 0; y < height; y += 1) {
    const start = y * (1 + width * channels);
    const row = raw.subarray(start + 1, start + 1 + width * channels);
    unfilter(raw[start]!, row, above, channels);
    for (let x = 0; x < width; x += 1) {
      levels[y * width + x] = row[x * channels]!;
      last[y * width + x] = row[x * channels + channels - 1]!;
    }
    above = row;
  }
  return { width, height, levels, last };
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
