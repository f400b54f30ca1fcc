import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../../models/choose-fit/random.ts';
import { createMask, maskArea } from '../../web/core/mask/mask.ts';
import { createRaster, type Raster } from '../../web/core/raster/raster.ts';
import { resizeBilinear } from '../../web/core/raster/resize.ts';
import { type Pair, readPair } from './pairs.ts';
import type { Truth } from './simulate.ts';

const SAMPLES = resolve(import.meta.dirname, '../../public/samples');

/** Four megapixels at 3:2: the encoder sees less than half of each side. */
const WIDTH = 2400;
const HEIGHT = 1600;

/** Shares of the large photo that an object takes, one photo for each. */
export const LARGE_SHARES = [0.02, 0.005, 0.00125] as const;

export type LargeShare = (typeof LARGE_SHARES)[number];

/** Objects keep this distance from the border, in pixels. */
const MARGIN = 40;

/**
 * Small objects in large photos: the object of a pair, cut out along its true outline and made
 * smaller, before one of the sample photos. The seam of cut-outs helps no tier more than another.
 * @param index of the pair; with `share` it decides background and place, the same every time.
 */
export async function largePair(
  folder: string,
  file: string,
  index: number,
  share: LargeShare,
): Promise<Pair> {
  const { name, photo, truth } = await readPair(folder, file);
  const random = createRandom(1000 * index + LARGE_SHARES.indexOf(share));
  const canvas = await background(index, share);
  const scale = Math.min(
    Math.sqrt((share * WIDTH * HEIGHT) / Math.max(1, maskArea(truth.object))),
    (WIDTH - 2 * MARGIN) / photo.width,
    (HEIGHT - 2 * MARGIN) / photo.height,
  );
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const left = MARGIN + Math.floor(random() * (WIDTH - width - 2 * MARGIN));
  const top = MARGIN + Math.floor(random() * (HEIGHT - height - 2 * MARGIN));
  const cutOut = resizeBilinear(cut(photo, truth), width, height, { antialias: true });
  return {
    name: `${name} at ${100 * share} %`,
    photo: canvas,
    truth: paste(canvas, cutOut, left, top),
  };
}

async function background(index: number, share: LargeShare): Promise<Raster> {
  const { photos } = JSON.parse(readFileSync(join(SAMPLES, 'index.json'), 'utf8')) as {
    readonly photos: readonly { readonly file: string }[];
  };
  const turn = index + 3 * LARGE_SHARES.indexOf(share);
  const { data } = await sharp(join(SAMPLES, photos[turn % photos.length].file))
    .resize(WIDTH, HEIGHT, { fit: 'cover', kernel: 'lanczos3' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return createRaster(WIDTH, HEIGHT, Uint8ClampedArray.from(data));
}

/** The photo with the object's own pixels opaque, its uncertain edge half, the rest clear. */
function cut({ width, height, data }: Raster, { object, ignore }: Truth): Raster {
  const pixels = Uint8ClampedArray.from(data);
  for (let i = 0; i < object.data.length; i++) {
    pixels[4 * i + 3] = object.data[i] ? 255 : ignore.data[i] ? 128 : 0;
  }
  return createRaster(width, height, pixels);
}

/** Draws the cut-out and says where it is now: sure inside, and the edge that counts neither way. */
function paste(canvas: Raster, cutOut: Raster, left: number, top: number): Truth {
  const object = createMask(WIDTH, HEIGHT);
  const ignore = createMask(WIDTH, HEIGHT);
  for (let y = 0; y < cutOut.height; y++) {
    for (let x = 0; x < cutOut.width; x++) {
      const from = 4 * (y * cutOut.width + x);
      const at = (top + y) * WIDTH + left + x;
      const alpha = cutOut.data[from + 3] / 255;
      for (let channel = 0; channel < 3; channel++) {
        const under = canvas.data[4 * at + channel];
        canvas.data[4 * at + channel] = under + (cutOut.data[from + channel] - under) * alpha;
      }
      if (alpha > 0.75) object.data[at] = 1;
      else if (alpha > 0.25) ignore.data[at] = 1;
    }
  }
  return { object, ignore };
}
