import type { Result } from '../core/flow/result.ts';
import type { EngineProblem } from '../workers/engine/contract.ts';
import { goldenRequest } from '../workers/engine/self-test.ts';
import type { EncoderPlan, EncoderPool } from './encoder-pool.ts';

/** What decides how many encoders there can be. */
export interface Machine {
  readonly cores: number;
  /** Whether the page is cross-origin isolated, so that a session can have several threads. */
  readonly isIsolated: boolean;
  /** Bytes that all encoders together may take. */
  readonly bytes: number;
}

/** An encoding worker at work, 1024 × 688 pixels a photo, WebAssembly. */
const BYTES_PER_SESSION = 400e6;
/** More cores than this are left to decoding, edits and file encoding. */
const MOST_SESSIONS = 4;
/** By how much several sessions must be faster to be worth their memory. */
const WORTHWHILE = 1.05;
const ROUNDS = 2;

/** One session with all threads: what a single photo is encoded fastest with. */
export function onePlan({ cores, isIsolated }: Machine): EncoderPlan {
  return { sessions: 1, threads: isIsolated ? cores : 1 };
}

/** As many sessions as cores and memory allow, cores shared out; null when that is one. */
export function manyPlan({ cores, isIsolated, bytes }: Machine): EncoderPlan | null {
  const sessions = Math.min(cores, MOST_SESSIONS, Math.floor(bytes / BYTES_PER_SESSION));
  if (sessions < 2) return null;
  return { sessions, threads: isIsolated ? Math.floor(cores / sessions) : 1 };
}

/** Photos a second that a pool encodes, all its encoders at work on the golden picture. */
async function measureRate(pool: EncoderPool, now: () => number): Promise<number> {
  const count = pool.sessions();
  const round = () =>
    Promise.all(Array.from({ length: count }, () => pool.encode(goldenRequest())));
  await round();
  const begun = now();
  for (let i = 0; i < ROUNDS; i++) await round();
  return (ROUNDS * count * 1000) / (now() - begun);
}

/**
 * Measures on this device whether several encoders do more than one with all threads, and keeps
 * the better pool; the other one is ended. Takes a few encodes in the quick tier.
 * @param open opens the pool of another plan
 */
export async function chooseEncoders(
  one: EncoderPool,
  many: EncoderPlan,
  open: (plan: EncoderPlan) => Promise<Result<EncoderPool, EngineProblem>>,
  now: () => number,
): Promise<EncoderPool> {
  const rate = await measureRate(one, now);
  const other = await open(many);
  if (!other.ok) return one;
  if (other.value.sessions() > 1 && (await measureRate(other.value, now)) > WORTHWHILE * rate) {
    one.dispose();
    return other.value;
  }
  other.value.dispose();
  return one;
}
