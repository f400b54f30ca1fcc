/** The edge proxy's bars as Markdown: what it adds to a call, and what a large picture adds to it. */
import { benchRow, formatTable } from '../table.ts';
import { type HeapRow, heapBar, inMegabytes, measureHeap } from './heap.ts';
import { measure } from './speed.ts';

const calls = 200;
/** A vendor that answers in this time is fast: the longer it takes, the less the proxy weighs. */
const vendorMs = 200;

async function speedTable(): Promise<string> {
  const { ours, bare } = await measure(calls, vendorMs);
  const against = 'ten-line pass-through';
  return formatTable({
    title: `Edge proxy, a paid call at a vendor that takes ${vendorMs} ms`,
    rows: [
      benchRow(
        { what: 'p50, page → answer', against, kind: 'cost', limit: 1.25 },
        { ours: ours.p50, other: bare.p50 },
      ),
      benchRow(
        { what: 'p99, page → answer', against, kind: 'cost', limit: 1.5 },
        { ours: ours.p99, other: bare.p99 },
      ),
    ],
    notes: [
      `${calls} calls each, in turns, both Workers in workerd against one double. Ours is signed in, idempotent, debited, limited, and the result is copied to the bucket.`,
    ],
  });
}

function heapTable(rows: readonly HeapRow[]): string {
  const line = ({ name, bytes, peak, after, samples }: HeapRow): string => {
    const holds = peak <= heapBar ? 'yes' : 'no';
    const figures = [bytes, peak, after].map((figure) => `${inMegabytes(figure)} MB`);
    return `| ${[name, ...figures, samples, `≤ ${inMegabytes(heapBar)} MB`, holds].join(' | ')} |`;
  };
  return [
    '### Edge proxy, what a large picture adds to the heap',
    '',
    '| path | picture | peak | after | samples | bar | holds |',
    '|---|---:|---:|---:|---:|---|---|',
    ...rows.map(line),
    '',
    '- Live bytes after a collection, array buffers included, asked through the inspector while the picture is under way. Smaller pictures are the largest that the vendor takes on that path.',
    '',
  ].join('\n');
}

/** Measures both; some minutes. */
export async function runProxyBench(): Promise<string> {
  return [await speedTable(), heapTable(await measureHeap())].join('\n');
}
