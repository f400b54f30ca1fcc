import { type BenchTable, benchRow, formatTable, medianOf } from '../table.ts';
import { onBenchPage } from './open-page.ts';
import type { PathTimes } from './paths-page.ts';

/** The app's own workers in a real browser, against bare sessions in workers of their own. */
export function runBrowserBench(rounds = 5): Promise<BenchTable> {
  return onBenchPage('paths', async (page, version) => {
    const times = await page.evaluate(
      (count) =>
        (globalThis as unknown as { measure(n: number): Promise<PathTimes> }).measure(count),
      rounds,
    );
    return tableOf(times, version, rounds);
  });
}

function tableOf(times: PathTimes, version: string, rounds: number): BenchTable {
  const [encode, bareEncode, click, bareDecode, reopen] = [
    times.encodePath,
    times.encodeBare,
    times.clickPath,
    times.decodeBare,
    times.reopenPath,
  ].map(medianOf);
  return {
    title: `Segmentation in Chromium ${version}, WebAssembly, ${times.threads} threads, a 12 MP JPEG`,
    rows: [
      benchRow(
        {
          what: 'bytes in → embedding stored',
          against: 'bare encoder run',
          kind: 'cost',
          limit: 1.1,
        },
        { ours: encode, other: bareEncode },
      ),
      benchRow(
        { what: 'click → mask to draw', against: 'bare decoder run', kind: 'cost', limit: 1.15 },
        { ours: click, other: bareDecode },
      ),
      benchRow(
        { what: 'reopen → first mask', against: 'bare encoder run', kind: 'cost', limit: 0.05 },
        { ours: reopen, other: bareEncode },
      ),
    ],
    notes: [
      `The app’s own workers and messages, in turns with sessions of the same files and threads in workers of their own. Medians of ${rounds} rounds (clicks: ${rounds * 3}).`,
      'Bytes in: the JPEG is decoded anew each time. Mask to draw: 1280 × 960, tinted. Reopen: a fresh decoding worker reads the embedding from IndexedDB.',
    ],
  };
}

/** `node scripts/run.mjs bench/browser/paths.ts [ROUNDS]` */
export async function main([rounds]: readonly string[]): Promise<void> {
  console.log(formatTable(await runBrowserBench(rounds ? Number(rounds) : undefined)));
}
