import { createHash } from 'node:crypto';
import { forEachBounded } from '../../web/core/flow/for-each-bounded.ts';
import type { PlacedEntry } from '../inputs/open-inputs.ts';
import { stopped, type Telling } from '../report/telling.ts';
import { isInShard, type Shard } from './shard.ts';

const AT_ONCE = 8;

/**
 * The entries of one shard, in their order. Where only reading tells what a file holds, it is read
 * once; lists with hashes, archives and object stores spare that.
 */
export async function assign(
  entries: readonly PlacedEntry[],
  shard: Shard,
  { report, signal }: Telling,
): Promise<readonly PlacedEntry[]> {
  if (shard.of === 1) return entries;
  const unknown = entries.filter(({ contentKey }) => contentKey === null).length;
  let done = 0;
  const mine: PlacedEntry[] = [];
  await forEachBounded(
    entries,
    { items: AT_ONCE, weight: AT_ONCE, weigh: () => 1, isStopped: () => signal.aborted },
    async (entry) => {
      if (isInShard(entry.contentKey ?? (await readKey(entry)), shard)) mine.push(entry);
      if (entry.contentKey !== null) return;
      done += 1;
      report({ event: 'sorting', done, total: unknown });
    },
  );
  if (signal.aborted) throw stopped();
  return mine.sort((a, b) => a.position - b.position);
}

/** What cannot be read is the business of the one shard that its name falls to. */
async function readKey(entry: PlacedEntry): Promise<string> {
  const read = await entry.read();
  return read.ok ? createHash('sha256').update(read.value).digest('hex') : entry.path;
}
