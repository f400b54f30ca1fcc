import { type Raster, wordsOf } from './raster.ts';

/** Pixels that are looked at together: a question each takes twice as long. */
const TOGETHER = 4096;

/** Whether nothing of a picture is transparent, as of photos. */
export function isOpaque(raster: Raster): boolean {
  const words = wordsOf(raster);
  for (let start = 0; start < words.length; start += TOGETHER) {
    const end = Math.min(start + TOGETHER, words.length);
    let all = -1;
    for (let i = start; i < end; i += 1) all &= words[i];
    if (all >>> 24 !== 255) return false;
  }
  return true;
}
