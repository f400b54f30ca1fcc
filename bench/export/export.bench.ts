import { benchRow, formatTable } from '../table.ts';
import { type BrowserFigures, measureInBrowser } from './in-browser.ts';
import { measureInNode } from './in-node.ts';
import type { MemoryRow } from './memory.ts';

const SIZES = [150, 1000, 5000];
const SMALL_BYTES = 40_000;
/** About what a 12 MP photo takes as WebP. */
const PHOTO = { count: 150, imageBytes: 2_000_000 };
const BAR = 64e6;

function memoryTable(title: string, rows: readonly MemoryRow[], notes: readonly string[]): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    `### ${title}`,
    '',
    '| what | images | archive | time | idle | peak over idle | bar | holds |',
    '|---|---:|---:|---:|---:|---:|---|---|',
    ...rows.map(({ what, images, written, time, idle, peak }) => {
      const over = peak - idle;
      return `| ${what} | ${images} | ${megabytes(written)} | ${Math.round(time)} ms | ${megabytes(idle)} | ${megabytes(over)} | ≤ 64 MB | ${over <= BAR ? 'yes' : 'no'} |`;
    }),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** Memory of an export at three sizes of dataset, and a second export after one change. */
export async function runExportBench(): Promise<string> {
  const inNode: MemoryRow[] = [];
  for (const size of SIZES) inNode.push(await measureInNode(size, SMALL_BYTES));
  const inBrowser: BrowserFigures[] = [];
  for (const count of SIZES) {
    inBrowser.push(await measureInBrowser({ count, imageBytes: SMALL_BYTES }));
  }
  inBrowser.push(await measureInBrowser(PHOTO));
  const version = inBrowser[0].version;
  return [
    memoryTable(
      `Memory while an archive is written, Chromium ${version} and Node ${process.versions.node}`,
      [...inBrowser.flatMap(({ memory }) => memory), ...inNode],
      [
        'Results of random bytes, 40 kB each, in the last pair 2 MB, in the browser with masks of 2 kB, out of IndexedDB through the app’s archive worker; a fresh profile for each size.',
        'Chromium: anonymous resident memory of all renderer processes, looked at every 20 ms. Into a file: a handle in the origin’s private file system, written as a chosen file is.',
        'Node: JavaScript heap and buffers, garbage that is not yet collected included.',
      ],
    ),
    formatTable({
      title: `Export again after one change, Chromium ${version}`,
      rows: inBrowser.map(({ memory: [{ images }], imageBytes, full, again }) =>
        benchRow(
          {
            what: `one of ${images} results of ${imageBytes / 1e6} MB changed`,
            against: 'first export',
            kind: 'cost',
            limit: 0.05,
          },
          { ours: again, other: full },
        ),
      ),
      notes: [
        'The first export reads every result for its checksum; later ones refer to what is stored and take over the pieces of the archive in which nothing changed. Median of nine, each after another change.',
      ],
    }),
  ].join('\n');
}

/** `node scripts/run.mjs bench/export/export.bench.ts` */
export async function main(): Promise<void> {
  console.log(await runExportBench());
}
