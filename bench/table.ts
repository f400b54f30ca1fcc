/** One comparison: two ways to do the same, measured in turns in one process. */
export interface BenchRow {
  readonly what: string;
  /** Median milliseconds. */
  readonly ours: number;
  readonly other: number;
  /** What `other` is. */
  readonly against: string;
  /** The figure that the bar is about, as `bar` says: ours ÷ other or other ÷ ours. */
  readonly ratio: number;
  /** The bar in words, such as `≤ 1.25 ×`; empty for a row that only informs. */
  readonly bar: string;
  readonly holds: boolean;
}

export interface BenchTable {
  readonly title: string;
  readonly rows: readonly BenchRow[];
  /** What was compared with what, and where it is not quite the same. */
  readonly notes: readonly string[];
}

export interface Bar {
  readonly what: string;
  readonly against: string;
  /** `cost` is ours ÷ other, at most `limit`; `speed` is other ÷ ours, at least `limit`. */
  readonly kind: 'cost' | 'speed';
  /** Absent for a row that only informs. */
  readonly limit?: number;
}

/** A row of the table from two medians. */
export function benchRow(
  { what, against, kind, limit }: Bar,
  { ours, other }: { readonly ours: number; readonly other: number },
): BenchRow {
  const ratio = kind === 'cost' ? ours / other : other / ours;
  const sign = kind === 'cost' ? '≤' : '≥';
  const holds = limit === undefined || (kind === 'cost' ? ratio <= limit : ratio >= limit);
  return {
    what,
    against,
    ours,
    other,
    ratio,
    bar: limit === undefined ? '' : `${sign} ${limit} ×`,
    holds,
  };
}

/** The table as Markdown. */
export function formatTable({ title, rows, notes }: BenchTable): string {
  const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
  return [
    `### ${title}`,
    '',
    '| what | ours | against | other | ratio | bar | holds |',
    '|---|---:|---|---:|---:|---|---|',
    ...rows.map((row) => {
      const verdict = row.bar === '' ? '' : row.holds ? 'yes' : 'no';
      return `| ${row.what} | ${milliseconds(row.ours)} | ${row.against} | ${milliseconds(row.other)} | ${row.ratio.toFixed(2)} | ${row.bar} | ${verdict} |`;
    }),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** The middle value, or the mean of the two middle ones. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
