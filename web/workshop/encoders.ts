import { ok, type Result } from '../core/flow/result.ts';
import { CELL_SIDE, frameOf } from '../core/segmentation/model-space.ts';
import type { Tier } from '../core/segmentation/tiers.ts';
import type { EncodeReply, EncodeRequest } from '../workers/encoder/contract.ts';
import type { EngineProblem, EngineReport } from '../workers/engine/contract.ts';
import {
  areManyWorthIt,
  type EncoderPlan,
  type EncodeSample,
  type Machine,
  manyPlan,
  onePlan,
} from './encoder-plan.ts';
import type { EncoderPool } from './encoder-pool.ts';

/**
 * The encoders of this device: one with all threads, which answers the user fastest, and beside
 * it, while many photos wait, several with fewer threads each, where these get more done.
 */
export interface Encoders {
  /** What the one for the user runs on. */
  readonly report: EngineReport;
  /** Encoders that work through the line now. */
  readonly sessions: () => number;
  /** Whether the user's encoder is at this photo right now. */
  isAt(photo: string, tier: Tier): boolean;
  /** See `EncoderPool`. What is urgent when it comes goes to the user's encoder. */
  encode(request: EncodeRequest, isUrgent: () => boolean): Promise<EncodeReply>;
  /** Says how many photos wait or are being encoded; it decides how many encoders there are. */
  expect(waiting: number): void;
  /** Ends all workers. Open calls answer `worker-lost`. */
  dispose(): void;
}

export interface EncodersOptions {
  readonly machine: Machine;
  readonly open: (plan: EncoderPlan) => Promise<Result<EncoderPool, EngineProblem>>;
  /** Whether several were found to be worth it on this device; null before it was tried. */
  readonly areManyBetter: boolean | null;
  /** Called once that has been found out. */
  readonly onVerdict: (areManyBetter: boolean) => void;
  /** Called when there are more or fewer encoders than before. */
  readonly onChange: () => void;
}

/** Photos in line for which more workers are started: each takes about a second to start. */
const LONG_LINE = 6;
/** Runs of each encoder that are compared, after one that warms it up. */
const COMPARED_RUNS = 3;
/** Idle workers give their memory back after this time. */
const IDLE_MS = 15_000;

/**
 * Opens the user's encoder. Whether several are better is found out from photos that have to be
 * encoded anyway, so the answer costs nothing and nobody waits for it.
 */
export async function openEncoders(
  options: EncodersOptions,
): Promise<Result<Encoders, EngineProblem>> {
  const { machine, open, onVerdict, onChange } = options;
  const opened = await open(onePlan(machine));
  if (!opened.ok) return opened;
  const one = opened.value;
  const plan = manyPlan(machine);
  let areManyBetter = plan ? options.areManyBetter : false;
  let many: EncoderPool | null = null;
  let isOpening = false;
  let isDisposed = false;
  let urgentCount = 0;
  let encoded = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const samples = { one: [] as EncodeSample[], many: [] as EncodeSample[] };

  async function openMany(plan: EncoderPlan): Promise<void> {
    isOpening = true;
    const more = await open(plan);
    isOpening = false;
    if (!more.ok) areManyBetter = false;
    else if (isDisposed) more.value.dispose();
    else if (more.value.sessions() < 2) {
      areManyBetter = false;
      more.value.dispose();
    } else {
      many = more.value;
      onChange();
    }
  }

  function closeMany(): void {
    many?.retire();
    many = null;
    samples.many.length = 0;
    onChange();
  }

  /** Keeps what a run took, unless the user's encoder worked beside it and took its cores. */
  function learn(pool: EncoderPool, { size, tier }: EncodeRequest, ms: number): void {
    if (!plan || areManyBetter !== null || urgentCount > 0) return;
    const { width, height } = frameOf(size, tier).grid;
    const sample = { cells: (width * height) / CELL_SIDE ** 2, ms };
    if (pool === one && !many) samples.one.push(sample);
    if (pool !== many) return;
    samples.many.push(sample);
    const sessions = pool.sessions();
    if (samples.many.length < sessions * (COMPARED_RUNS + 1)) return;
    areManyBetter = areManyWorthIt(samples.one.slice(1), samples.many.slice(sessions), sessions);
    onVerdict(areManyBetter);
    if (!areManyBetter) closeMany();
  }

  return ok({
    report: one.report,
    sessions: () => many?.sessions() ?? one.sessions(),
    isAt: (photo, tier) => one.isAt(photo, tier),

    async encode(request, isUrgent) {
      const isForUser = isUrgent();
      const pool = (!isForUser && many) || one;
      if (isForUser) urgentCount++;
      const reply = await pool.encode(request, isUrgent);
      if (isForUser) urgentCount--;
      if (reply.kind === 'encoded') {
        encoded++;
        learn(pool, request, reply.encodeMs);
      }
      // Workers that the browser ends for want of memory are not started again.
      if (pool === many && many.sessions() === 0) {
        areManyBetter = false;
        closeMany();
      }
      return reply;
    },

    expect(waiting) {
      if (waiting > 0) {
        clearTimeout(idle);
        idle = undefined;
      } else if (many) idle ??= setTimeout(closeMany, IDLE_MS);
      if (!plan || many || isOpening || isDisposed || areManyBetter === false) return;
      // Not before the first photo is done: the user may be about to click on it, and most of a
      // line after a reload is found encoded already.
      const isTime = areManyBetter ? encoded > 0 : samples.one.length > COMPARED_RUNS;
      if (isTime && waiting >= LONG_LINE) void openMany(plan);
    },

    dispose() {
      isDisposed = true;
      clearTimeout(idle);
      one.dispose();
      many?.dispose();
      many = null;
    },
  });
}
