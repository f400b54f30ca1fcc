import { type Raster, wordsOf } from './raster.ts';

/** Whether nothing of a picture is transparent, as of photos. */
export function isOpaque(raster: Raster): boolean {
  const words = wordsOf(raster);
  for (let i = 0; i < words.length; i += 1) if (words[i] >>> 24 !== 255) return false;
  return true;
}
