import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEFAULT_LIMITS } from '../core/dataset/limits.ts';
import type { Size } from '../core/geometry/spaces.ts';
import type { Raster } from '../core/raster/raster.ts';
import type { Bytes } from '../files/bytes.ts';
import { type DecodedImage, decodeImage } from '../files/decode/decode-image.ts';
import { createNodeCodecs } from '../files/node.ts';

const root = resolve(import.meta.dirname, '../..');

/** Photos with ground truth: NAME.jpg beside NAME.png. Not in the repository. */
export const TRUTH_FOLDER = resolve(root, '../shared/data/clicks');
export const hasTruth = existsSync(TRUTH_FOLDER);

export const codecs = createNodeCodecs();

/** The path of one of the photographs that are shipped. */
export const sample = (name: string): string => join(root, 'public/samples', name);

export async function readBytes(path: string): Promise<Bytes> {
  return new Uint8Array(await readFile(path));
}

/** A JPEG, PNG or WebP, decoded as the app itself does it. */
export async function imageOf(bytes: Bytes): Promise<DecodedImage> {
  const image = await decodeImage(bytes, codecs, DEFAULT_LIMITS);
  if (!image.ok) throw new Error(`It does not decode: ${image.problem.kind}`);
  return image.value;
}

export async function pixelsOf(bytes: Bytes): Promise<Raster> {
  return (await imageOf(bytes)).raster;
}

export async function sizeOf(path: string): Promise<Size> {
  const { width, height } = await pixelsOf(await readBytes(path));
  return { width, height };
}

/** A new folder for files to add and files that were downloaded; whoever makes it removes it. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'maskwright-e2e-'));
}

export async function writeInto(folder: string, name: string, bytes: Bytes): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}
