import { createHash } from 'node:crypto';
import { Failure } from '../problem.ts';
import { jumpHash } from './jump-hash.ts';

/** One part of the work: `index` of `of`, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Shard = { index: 1, of: 1 };

const MOST_SHARDS = 100_000;

/** Reads `3/16`. */
export function parseShard(text: string): Shard {
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!(index >= 1 && of >= index && of <= MOST_SHARDS)) {
    throw new Failure(
      'usage',
      `--shard ${text} names no shard.`,
      'Write --shard i/n with i from 1 to n, such as 3/16. Engines that count from 0 need i + 1.',
    );
  }
  return { index, of };
}

/** Where a shard's work goes below the output: names sort in the order of the shards. */
export function shardFolder({ index, of }: Shard): string {
  const digits = String(of).length;
  return `shard-${String(index).padStart(digits, '0')}-of-${of}`;
}

/**
 * Whether a photo is this shard's. It depends on nothing but the photo's content, so a photo that
 * is added, removed or renamed moves no other, and one more shard moves only what it takes.
 * @param contentKey any text that is the same for the same bytes
 */
export function isInShard(contentKey: string, { index, of }: Shard): boolean {
  if (of === 1) return true;
  const digest = createHash('sha256').update(contentKey).digest();
  return jumpHash(digest.readBigUInt64BE(), of) === index - 1;
}
