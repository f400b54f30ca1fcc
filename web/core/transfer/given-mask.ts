import { fnv1a64, seedToHex } from '../edits/seed.ts';
import type { Size } from '../geometry/spaces.ts';
import type { Mask } from '../mask/mask.ts';
import { decodeRle } from '../mask/rle.ts';
import { rleFromText } from '../mask/rle-text.ts';

/** A mask that came with its photo, as COCO's compressed run lengths in the photo's size. */
export interface GivenMask extends Size {
  readonly rle: string;
}

/**
 * Sixteen hexadecimal digits that identify a given mask: FNV-1a of its size and run lengths. It
 * enters the fingerprint of variants, so a mask that is imported anew makes them anew.
 */
export function givenMaskId({ width, height, rle }: GivenMask): string {
  return seedToHex(fnv1a64(`${width}x${height} ${rle}`));
}

/** The pixels of a given mask on its photo; null when it does not fit the photo. */
export function givenMaskOn({ width, height, rle }: GivenMask, photo: Size): Mask | null {
  if (width !== photo.width || height !== photo.height) return null;
  const counts = rleFromText(rle);
  const mask = counts.ok ? decodeRle(counts.value, photo) : counts;
  return mask.ok ? mask.value : null;
}
