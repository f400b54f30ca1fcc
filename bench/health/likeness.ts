import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { openNodeSam } from '../../models/node-sam.ts';
import { createRaster, type Raster } from '../../web/core/raster/raster.ts';
import { toHalves } from '../../web/core/segmentation/half.ts';
import {
  type Comparable,
  comparable,
  describePhoto,
  likeness,
  NEAR_DUPLICATE,
} from '../../web/core/segmentation/likeness.ts';
import { CELL_SIDE, frameOf } from '../../web/core/segmentation/model-space.ts';
import { DEFAULT_TIER } from '../../web/core/segmentation/tiers.ts';

/** Part of a picture, each side a share of its own. */
function part(picture: Sharp, size: Metadata, left: number, top: number, kept: number) {
  return picture.extract({
    left: Math.round(size.width * left),
    top: Math.round(size.height * top),
    width: Math.round(size.width * kept),
    height: Math.round(size.height * kept),
  });
}

type Copy = (picture: Sharp, size: Metadata) => Sharp;

/** What becomes of a photo when it is sent around. */
const COPIES: Readonly<Record<string, Copy>> = {
  'half the size': (picture, { width }) => picture.resize(Math.round(width / 2)),
  'JPEG quality 40': (picture) => picture.jpeg({ quality: 40 }),
  'cropped, 10 % in the middle': (picture, size) => part(picture, size, 0.05, 0.05, 0.9),
  'cropped, 8 % at two sides': (picture, size) => part(picture, size, 0, 0, 0.92),
  brighter: (picture) => picture.linear(1.15, 5),
  'turned by 1.5°': (picture, size) => part(picture.rotate(1.5), size, 0.03, 0.03, 0.92),
};

function photosIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return photosIn(path);
    return /\.(jpe?g|webp)$/i.test(name) ? [path] : [];
  });
}

async function rasterOf(picture: Sharp): Promise<Raster> {
  // Through a buffer, so that the steps of the copy are over before the next begin.
  const copied = sharp(await picture.toBuffer()).ensureAlpha();
  const { data, info } = await copied.raw().toBuffer({ resolveWithObject: true });
  return createRaster(info.width, info.height, new Uint8ClampedArray(data));
}

const SAMPLES = resolve(import.meta.dirname, '../../public/samples');

/**
 * How alike photos and copies of photos are, against `NEAR_DUPLICATE`, as Markdown. Our samples
 * and the photos in `folder`, if one is given.
 */
export async function likenessTable(folder: string | undefined): Promise<string> {
  const files = [SAMPLES, ...(folder === undefined ? [] : [folder])].flatMap(photosIn);
  const sam = await openNodeSam();
  const look = async (picture: Sharp): Promise<Comparable> => {
    const raster = await rasterOf(picture);
    const { embedding } = await sam.encode(raster, DEFAULT_TIER);
    const { input } = frameOf(raster, DEFAULT_TIER);
    const extent = { width: input.width / CELL_SIDE, height: input.height / CELL_SIDE };
    return comparable(describePhoto(toHalves(embedding), extent));
  };

  const originals: Comparable[] = [];
  const copies = new Map(Object.keys(COPIES).map((kind) => [kind, [] as number[]]));
  for (const file of files) {
    const original = await look(sharp(file));
    originals.push(original);
    const size = await sharp(file).metadata();
    for (const [kind, copy] of Object.entries(COPIES)) {
      copies.get(kind)?.push(likeness(original, await look(copy(sharp(file), size))));
    }
  }
  const others = originals.flatMap((a, i) => originals.slice(i + 1).map((b) => likeness(a, b)));
  const row = (what: string, values: readonly number[], isCopy: boolean) => {
    const wrong = values.filter((value) => value >= NEAR_DUPLICATE !== isCopy).length;
    const ends = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(3));
    return `| ${[what, values.length, ...ends, wrong].join(' | ')} |`;
  };
  return [
    `### Near-duplicates among ${files.length} photos, ${DEFAULT_TIER}`,
    '',
    '| pairs | count | least alike | most alike | on the wrong side |',
    '|---|---:|---:|---:|---:|',
    row('two photos', others, false),
    ...[...copies].map(([kind, values]) => row(`copy: ${kind}`, values, true)),
    '',
    `- From a likeness of ${NEAR_DUPLICATE} on two photos are shown as near-duplicates.`,
    '',
  ].join('\n');
}
