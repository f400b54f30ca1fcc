import { type BenchTable, benchRow, formatTable } from '../table.ts';
import { onBenchPage } from './open-page.ts';
import type { RunTime, RunTimes } from './runs-page.ts';

/** What the bars are about; they take a quarter of an hour. Another number may be named. */
const PHOTOS = 150;

/** Whole runs of the app in a real browser, against the sum of bare encoder runs. */
export function runRunsBench(photos = PHOTOS): Promise<BenchTable> {
  return onBenchPage('runs', async (page, version) => {
    const times = await page.evaluate(
      (count) =>
        (globalThis as unknown as { measure(n: number): Promise<RunTimes> }).measure(count),
      photos,
    );
    return tableOf(times, version);
  });
}

function tableOf(times: RunTimes, version: string): BenchTable {
  const { photos, threads, sessions, balanced, quick, reference, otherEdits } = times;
  const cost = (what: string, against: string, ours: number, other: number, limit?: number) =>
    benchRow(
      { what, against, kind: 'cost', ...(limit !== undefined && { limit }) },
      { ours, other },
    );
  const bareRuns = `${photos} bare encoder runs`;
  const padded = `${photos} bare encoder runs, padded`;
  const own = (tier: 'balanced' | 'reference') =>
    cost(tier, bareRuns, times[tier].wall, photos * times[tier].bare[tier], 1.1);
  const ofPadded = (what: string, { wall, bare }: RunTime, limit: number) =>
    cost(what, padded, wall, photos * bare.reference, limit);
  return {
    title: `A run of ${photos} photos, 1536 × 1024, in Chromium ${version}, WebAssembly`,
    rows: [
      own('balanced'),
      own('reference'),
      ofPadded('balanced', balanced, 0.65),
      ofPadded('quick', quick, 0.25),
      cost('balanced', 'the same run in reference', balanced.wall, reference.wall),
      cost('quick', 'the same run in reference', quick.wall, reference.wall),
      cost('page opened anew, other edits', 'the first run', otherEdits, balanced.wall, 0.15),
    ],
    notes: [
      'The app’s own engine from “Generate” to the last variant on the disk: JPEG → embedding → mask → three edits → PNG and mask file, nothing encoded before. Photos drawn from the samples.',
      `Bare: ${threads} threads, alone, six just before and six just after each run; their mean times the photos. For a long line of photos the app found ${sessions === 1 ? 'one encoder' : `${sessions} encoders side by side`} to do more; finding that out is part of the first run.`,
    ],
  };
}

/** `node scripts/run.mjs bench/browser/runs.ts [PHOTOS]` */
export async function main([photos]: readonly string[]): Promise<void> {
  console.log(formatTable(await runRunsBench(photos ? Number(photos) : undefined)));
}
