import type { RunLengths } from './rle.ts';

/**
 * Run lengths of the pixels that are in `a` or in `b`, from the runs alone.
 * @throws RangeError when their totals differ: they belong to pictures of different sizes
 */
export function unionRuns(a: RunLengths, b: RunLengths): number[] {
  const out: number[] = [];
  const left = { runs: a, at: 0, rest: a[0] ?? 0 };
  const right = { runs: b, at: 0, rest: b[0] ?? 0 };
  let value = 0;
  let run = 0;
  for (;;) {
    skipEmpty(left);
    skipEmpty(right);
    const step = Math.min(left.rest, right.rest);
    if (step === 0) break;
    const inside = (left.at % 2) | (right.at % 2);
    if (inside !== value) {
      out.push(run);
      run = 0;
      value = inside;
    }
    run += step;
    left.rest -= step;
    right.rest -= step;
  }
  if (left.rest !== right.rest) throw new RangeError('Runs of different pictures have no union.');
  if (run > 0) out.push(run);
  return out;
}

/**
 * The same for any number of them, at least one. They are joined in pairs, so thousands take no
 * longer than their runs are many.
 * @throws RangeError likewise
 */
export function unionOfAll(all: readonly RunLengths[]): RunLengths {
  let left = all;
  while (left.length > 1) {
    const joined: RunLengths[] = [];
    for (let i = 0; i < left.length; i += 2) {
      joined.push(i + 1 < left.length ? unionRuns(left[i], left[i + 1]) : left[i]);
    }
    left = joined;
  }
  return left[0];
}

interface Cursor {
  readonly runs: RunLengths;
  at: number;
  rest: number;
}

function skipEmpty(cursor: Cursor): void {
  while (cursor.rest === 0 && cursor.at + 1 < cursor.runs.length) {
    cursor.at += 1;
    cursor.rest = cursor.runs[cursor.at];
  }
}
