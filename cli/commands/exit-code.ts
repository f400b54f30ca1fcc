import type { Arguments } from '../arguments/parse.ts';
import { EXIT } from '../problem.ts';
import type { ShardCounts } from '../shards/run-shard.ts';

/**
 * The exit code of a command that went to its end. Engines repeat what ends with anything but 0,
 * and a bad photo would be as bad the next time: `--allow-bad-photos`.
 */
export function exitCodeOf(
  { failed, refused }: Pick<ShardCounts, 'failed' | 'refused'>,
  { values }: Arguments,
): number {
  const isFlawed = failed + refused > 0 && values['allow-bad-photos'] !== true;
  return isFlawed ? EXIT.photos : EXIT.ok;
}
