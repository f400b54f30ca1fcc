import { readFile } from 'node:fs/promises';
import JSZip from 'jszip';
import { createMask, type Mask } from '../core/mask/mask.ts';
import type { Raster } from '../core/raster/raster.ts';
import type { Bytes } from '../files/bytes.ts';
import { pixelsOf } from './photo-files.ts';

/** A downloaded ZIP, read by another library than the one that wrote it. */
export interface Archive {
  /** Paths in the order of the archive. */
  readonly paths: readonly string[];
  bytes(path: string): Promise<Bytes>;
  text(path: string): Promise<string>;
  pixels(path: string): Promise<Raster>;
  /** A mask file; anything but 0 and 255 is an error. */
  mask(path: string): Promise<Mask>;
}

export async function openArchive(path: string): Promise<Archive> {
  const zip = await JSZip.loadAsync(await readFile(path), { checkCRC32: true });
  const entry = (name: string) => {
    const found = zip.file(name);
    if (!found) throw new Error(`The archive has no ${name}.`);
    return found;
  };
  const bytes = async (name: string) => new Uint8Array(await entry(name).async('arraybuffer'));
  const pixels = async (name: string) => pixelsOf(await bytes(name));
  return {
    paths: Object.values(zip.files).map(({ name }) => name),
    bytes,
    text: (name) => entry(name).async('text'),
    pixels,
    async mask(name) {
      const { width, height, data } = await pixels(name);
      const mask = createMask(width, height);
      for (let i = 0; i < mask.data.length; i++) {
        const level = data[i * 4];
        if (level !== 0 && level !== 255) throw new Error(`${name} has a pixel of ${level}.`);
        mask.data[i] = level === 255 ? 1 : 0;
      }
      return mask;
    },
  };
}

/** How many pixels differ, in any channel, outside and inside the mask. */
export function countChanges(before: Raster, after: Raster, mask: Mask) {
  const changes = { outside: 0, inside: 0 };
  const from = new Uint32Array(before.data.buffer, before.data.byteOffset, mask.data.length);
  const to = new Uint32Array(after.data.buffer, after.data.byteOffset, mask.data.length);
  for (let i = 0; i < mask.data.length; i++) {
    if (from[i] === to[i]) continue;
    if (mask.data[i]) changes.inside++;
    else changes.outside++;
  }
  return changes;
}
