import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { createRaster, type Raster } from '../../web/core/raster/raster.ts';

const WIDTH = 1024;
const HEIGHT = 752;
const SAMPLES = ['bison', 'cow', 'sheep', 'hedgehog'];

/** Four of the sample photos side by side, 2048 × 1504: real colours, nothing enlarged twice. */
export async function photoSheet(): Promise<Raster> {
  const sheet = createRaster(WIDTH * 2, HEIGHT * 2);
  for (const [i, name] of SAMPLES.entries()) {
    const file = await readFile(new URL(`../../public/samples/${name}.jpg`, import.meta.url));
    const tile = await sharp(file).resize(WIDTH, HEIGHT).ensureAlpha().raw().toBuffer();
    for (let y = 0; y < HEIGHT; y += 1) {
      const row = tile.subarray(y * WIDTH * 4, (y + 1) * WIDTH * 4);
      sheet.data.set(row, ((y + HEIGHT * (i >> 1)) * sheet.width + WIDTH * (i & 1)) * 4);
    }
  }
  return sheet;
}

/** The worst case for whatever profits from repeated colours: every pixel has any colour. */
export function colourNoise(): Raster {
  const noise = createRaster(WIDTH * 2, HEIGHT * 2);
  let state = 1;
  for (let i = 0; i < noise.data.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    noise.data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  return noise;
}
