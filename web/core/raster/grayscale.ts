import type { Raster } from './raster.ts';

/** Whether every pixel has R = G = B, whatever its alpha. Stops at the first that has not. */
export function isGrayscale({ data }: Raster): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}
