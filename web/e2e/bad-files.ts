import { join } from 'node:path';
import sharp from 'sharp';
import type { Bytes } from '../files/bytes.ts';
import { concat, latin1 } from '../files/bytes.ts';
import { buildAnimatedWebp } from '../files/testing/animation-builder.ts';
import { gradient } from '../files/testing/pictures.ts';
import { buildPng, words } from '../files/testing/png-builder.ts';
import { codecs, readBytes, sample, writeInto } from './photo-files.ts';

const MEGABYTE = 1024 * 1024;

/** A file that is refused, and what its refusal has to say. */
export const REFUSED = {
  'letter.jpg': /“letter\.jpg” is a text file\./,
  'cut.jpg': /“cut\.jpg” is a damaged JPEG: it ends before the picture does\./,
  'nothing.png': /“nothing\.png” is empty \(0 bytes\)\./,
  'bomb.png': /“bomb\.png” is 20000 × 10000, 200 megapixels; the limit is 100 megapixels\./,
  'heavy.jpg': /“heavy\.jpg” has 41 MB; the limit is 40 MB\./,
  'print.jpg': /“print\.jpg” is a JPEG in print colours \(CMYK\)/,
} as const;

/** A file that is taken, and what was done to it, if anything. */
export const TAKEN = {
  'moving.webp': 'is animated; its first picture is used.',
  'deep.png': 'has 16 bits a channel; 8 of them are used.',
  'grey-alpha.png': '',
} as const;

async function cmykJpeg(): Promise<Bytes> {
  const { width, height, data } = gradient(61, 40);
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await image.removeAlpha().toColourspace('cmyk').jpeg().toBuffer());
}

async function animatedWebp(): Promise<Bytes> {
  const file = await codecs.webp.encode(gradient(48, 32), 'lossless');
  const frame = { file, x: 0, y: 0, width: 48, height: 32 };
  return buildAnimatedWebp(48, 32, [frame, frame]);
}

const rows = (count: number, row: readonly number[]) => Array.from({ length: count }, () => row);

/** Writes one file of every bad kind into `folder` and returns their paths. */
export async function writeBadFiles(folder: string): Promise<string[]> {
  const cow = await readBytes(sample('cow.jpg'));
  const files: Record<keyof typeof REFUSED | keyof typeof TAKEN, Bytes> = {
    'letter.jpg': latin1('Dear Sir or Madam, this is not a photo.'),
    'cut.jpg': cow.slice(0, cow.length * 0.6),
    'nothing.png': new Uint8Array(0),
    'bomb.png': buildPng({
      width: 20_000,
      height: 10_000,
      bitDepth: 8,
      colourType: 6,
      rows: [],
    }),
    'heavy.jpg': concat([cow, new Uint8Array(41 * MEGABYTE - cow.length)]),
    'print.jpg': await cmykJpeg(),
    'moving.webp': await animatedWebp(),
    'deep.png': buildPng({
      width: 24,
      height: 16,
      bitDepth: 16,
      colourType: 2,
      rows: rows(16, words(...Array.from({ length: 24 * 3 }, (_, i) => i * 900))),
    }),
    'grey-alpha.png': buildPng({
      width: 24,
      height: 16,
      bitDepth: 8,
      colourType: 4,
      rows: rows(
        16,
        Array.from({ length: 24 * 2 }, (_, i) => i * 5),
      ),
    }),
  };
  for (const [name, bytes] of Object.entries(files)) await writeInto(folder, name, bytes);
  return Object.keys(files).map((name) => join(folder, name));
}
