import { existsSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import sharp from 'sharp';
import { createMask } from '../../web/core/mask/mask.ts';
import { createRaster, type Raster } from '../../web/core/raster/raster.ts';
import type { Truth } from './simulate.ts';

export interface Pair {
  readonly name: string;
  readonly photo: Raster;
  readonly truth: Truth;
}

/** Names of the photos in `folder` that have a mask: NAME.jpg (or .webp) beside NAME.png. */
export function pairNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /\.(jpe?g|webp)$/i.test(file))
    .filter((file) => existsSync(join(folder, `${parse(file).name}.png`)))
    .sort();
}

/** Reads a photo and its mask: 255 (or any from 192) object, 128 (64–191) ignore. */
export async function readPair(folder: string, file: string): Promise<Pair> {
  const { name } = parse(file);
  const photo = await readPhoto(join(folder, file));
  const mask = await sharp(join(folder, `${name}.png`))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = mask.info;
  if (width !== photo.width || height !== photo.height) {
    throw new Error(
      `${name}.png is ${width} × ${height}, its photo ${photo.width} × ${photo.height}.`,
    );
  }
  const object = createMask(width, height);
  const ignore = createMask(width, height);
  for (let i = 0; i < object.data.length; i++) {
    const level = mask.data[i * channels];
    object.data[i] = level >= 192 ? 1 : 0;
    ignore.data[i] = level >= 64 && level < 192 ? 1 : 0;
  }
  return { name, photo, truth: { object, ignore } };
}

/** An upright photo as RGBA. */
async function readPhoto(file: string): Promise<Raster> {
  const { data, info } = await sharp(file)
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return createRaster(info.width, info.height, Uint8ClampedArray.from(data));
}
