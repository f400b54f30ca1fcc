import { forEachBounded } from '../../web/core/flow/for-each-bounded.ts';
import { createProgressMeter } from '../../web/core/flow/progress.ts';
import { stopped } from '../report/telling.ts';
import { doPhoto } from './do-photo.ts';
import { loadEarlier } from './earlier.ts';
import {
  FILES,
  type FileLine,
  type FileRow,
  HEADER,
  type PhotoRecord,
  RECIPE,
  type ShardHeader,
} from './records.ts';
import type { ShardWork } from './work.ts';

export interface ShardCounts {
  readonly photos: number;
  readonly variants: number;
  readonly failed: number;
  readonly refused: number;
}

/** Photos whose files are being read while all slots of the maker are taken. */
const READ_AHEAD = 2;

/**
 * Works on every file of a shard. What is done is in the store at once and never lost: objects
 * first, then the record that speaks of them. Any number of workers may do the same shard, at the
 * same time or after one another: they write the same bytes under the same names.
 * @throws Failure when the store or the engine gives up, or `signal` stops it
 */
export async function runShard(work: ShardWork): Promise<ShardCounts> {
  const { entries, store, maker, report, signal } = work;
  const earlier = await loadEarlier(store, work.identity, work.resume);
  if (work.resume && earlier.isComplete) {
    report({ event: 'note', message: 'Everything is there already.' });
  }
  await putHeader(work, false);
  await store.put(RECIPE, work.recipe);

  const records = new Map<string, Promise<PhotoRecord | null>>();
  const rows: FileRow[] = [];
  const places = maker.slots + READ_AHEAD;
  const meter = createProgressMeter(entries.length, work.now);

  await forEachBounded(
    entries,
    { items: places, weight: places, weigh: () => 1, isStopped: () => signal.aborted },
    async (entry) => {
      const result = await doPhoto(entry, earlier, records, work);
      rows.push(result.row);
      report({ event: 'photo', file: entry.path, ...result.counts, ...meter.advance() });
    },
  );
  if (signal.aborted) throw stopped();

  const lines = await linesOf(rows, records);
  await store.put(FILES, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await putHeader(work, true);
  return countsOf(lines);
}

/** In the order of the listing; a photo that is there twice has its record at the first place. */
async function linesOf(
  rows: FileRow[],
  records: ReadonlyMap<string, Promise<PhotoRecord | null>>,
): Promise<FileLine[]> {
  const seen = new Set<string>();
  const lines: FileLine[] = [];
  for (const file of rows.sort((a, b) => a.position - b.position)) {
    const { sha256, refused } = file;
    const isFirst = sha256 !== null && refused === null && !seen.has(sha256);
    if (isFirst) seen.add(sha256);
    lines.push({ file, record: (isFirst && (await records.get(sha256))) || null });
  }
  return lines;
}

function countsOf(lines: readonly FileLine[]): ShardCounts {
  const variants = lines.flatMap(({ record }) => record?.variants ?? []);
  const failed = variants.filter(({ status }) => status === 'failed').length;
  return {
    photos: lines.filter(({ record }) => record !== null).length,
    variants: variants.length - failed,
    failed,
    refused: lines.filter(({ file }) => file.refused !== null).length,
  };
}

async function putHeader(work: ShardWork, isComplete: boolean): Promise<void> {
  const header: ShardHeader = { shard: work.shard, identity: work.identity, isComplete };
  await work.store.put(HEADER, `${JSON.stringify(header, null, 2)}\n`);
}
