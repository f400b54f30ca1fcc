import { threefry2x32 } from '../../edits/threefry.ts';

export const SPLITS = ['train', 'val'] as const;
export type Split = (typeof SPLITS)[number];

/** Shares of the photos, 0…1, that sum to 1. */
export type SplitRatios = Readonly<Record<Split, number>>;

/**
 * Puts whole photos, with all their variants, into train or val. Photos are sorted by a keyed hash
 * and the first ones are val, so neither names nor order count, and one more photo moves at most
 * one other. With two photos or more, a split whose share is above 0 is never empty; a single
 * photo goes where the larger share is.
 *
 * @param hashes SHA-256 of the photos in hex; repeated ones count once
 * @param seed whole, 0…2³² − 1
 */
export function splitPhotos(
  hashes: Iterable<string>,
  ratios: SplitRatios,
  seed: number,
): ReadonlyMap<string, Split> {
  const sorted = [...new Set(hashes)]
    .map((hash) => ({ hash, rank: rankOf(hash, seed) }))
    .sort((a, b) => a.rank - b.rank || (a.hash < b.hash ? -1 : 1));
  const wanted = Math.round(sorted.length * ratios.val);
  const least = ratios.val > 0 && sorted.length > 1 ? 1 : 0;
  const most = sorted.length - (ratios.train > 0 && sorted.length > 1 ? 1 : 0);
  const val = Math.min(Math.max(wanted, least), most);
  return new Map(sorted.map(({ hash }, index) => [hash, index < val ? 'val' : 'train']));
}

/** 53 bits of Threefry-2x32 with the first 64 bits of the hash as counter and the seed as key. */
function rankOf(hash: string, seed: number): number {
  const words = new Int32Array(2);
  const half = (at: number) => Number.parseInt(hash.slice(at, at + 8), 16) | 0;
  threefry2x32(half(0), half(8), seed | 0, 0, words);
  return (words[0] >>> 0) * 2 ** 21 + (words[1] >>> 11);
}
