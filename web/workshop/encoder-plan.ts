/** How the cores are shared out: this many encoders with this many threads each. */
export interface EncoderPlan {
  readonly sessions: number;
  readonly threads: number;
}

/** What decides how many encoders there can be. */
export interface Machine {
  readonly cores: number;
  /** Whether the page is cross-origin isolated, so that a session can have several threads. */
  readonly isIsolated: boolean;
  /** Bytes that all encoders together may take. */
  readonly bytes: number;
}

/** An encoding worker that has had photos in the best tier, WebAssembly. */
const BYTES_PER_SESSION = 330e6;
/** More cores than this are left to decoding, edits and file encoding. */
const MOST_SESSIONS = 4;
/** By how much several sessions must be faster to be worth their memory. */
const WORTHWHILE = 1.02;

/** One session with all threads: what a single photo is encoded fastest with. */
export function onePlan({ cores, isIsolated }: Machine): EncoderPlan {
  return { sessions: 1, threads: isIsolated ? cores : 1 };
}

/**
 * As many sessions as cores and memory allow beside the one that answers the user, cores shared
 * out; null when that is fewer than two.
 */
export function manyPlan({ cores, isIsolated, bytes }: Machine): EncoderPlan | null {
  const affordable = Math.floor(bytes / BYTES_PER_SESSION) - 1;
  const sessions = Math.min(cores, MOST_SESSIONS, affordable);
  if (sessions < 2) return null;
  return { sessions, threads: isIsolated ? Math.floor(cores / sessions) : 1 };
}

/** What an encoder did in one run. */
export interface EncodeSample {
  /** Cells of the grid, see model-space.ts: how much work it was. */
  readonly cells: number;
  readonly ms: number;
}

/** Cells a second that so many busy encoders get done side by side. */
function rateOf(samples: readonly EncodeSample[], sessions: number): number {
  const sum = (of: (sample: EncodeSample) => number) =>
    samples.reduce((total, sample) => total + of(sample), 0);
  return (sessions * sum(({ cells }) => cells)) / sum(({ ms }) => ms);
}

/**
 * Whether several encoders do so much more than one with all threads that they are worth it.
 * @param one runs of the one encoder while it worked alone
 * @param many runs of `sessions` encoders while all of them were busy
 */
export function areManyWorthIt(
  one: readonly EncodeSample[],
  many: readonly EncodeSample[],
  sessions: number,
): boolean {
  return rateOf(many, sessions) > WORTHWHILE * rateOf(one, 1);
}
