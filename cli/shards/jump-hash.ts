const MULTIPLIER = 2862933555777941757n;
const WORD = (1n << 64n) - 1n;

/**
 * The bucket of a key among `buckets`, evenly spread. When a bucket is added, 1 of `buckets + 1`
 * keys moves, each into the new one; no other key moves.
 *
 * J. Lamping, E. Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014,
 * https://arxiv.org/abs/1406.2294
 * @param key unsigned, 64 bits
 * @returns 0…buckets − 1
 */
export function jumpHash(key: bigint, buckets: number): number {
  let state = key & WORD;
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = (state * MULTIPLIER + 1n) & WORD;
    next = Math.floor((bucket + 1) * (2 ** 31 / Number((state >> 33n) + 1n)));
  }
  return bucket;
}
