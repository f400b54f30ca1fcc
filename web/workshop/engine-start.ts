import { fail, ok, type Result } from '../core/flow/result.ts';
import { dropOtherModelFiles, type OnModelProgress } from '../remote/models.ts';
import type { Database } from '../storage/database.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { DecoderApi } from '../workers/decoder/contract.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../workers/engine/contract.ts';
import { selfTest, verdictKey } from '../workers/engine/self-test.ts';
import { chooseEncoders, type Machine, manyPlan, onePlan } from './encoder-plan.ts';
import { type EncoderPlan, type EncoderPool, openEncoderPool } from './encoder-pool.ts';

/** `wrong-mask`: the engine runs and computes nonsense; better none than that. */
export type StartProblem = EngineProblem | { readonly kind: 'wrong-mask'; readonly iou: number };

/** What runs the model, and how closely it reproduced the known mask when it was first tried. */
export interface Started {
  readonly report: EngineReport;
  /** Encoding workers side by side. */
  readonly sessions: number;
  /** 0.99…1 */
  readonly goldenIou: number;
}

export interface StartOptions {
  readonly createEncoder: () => EncoderClient;
  readonly decoder: DecoderApi;
  readonly source: EngineSource;
  readonly goldenRuns: readonly number[];
  readonly database: Database;
  readonly machine: Machine;
  readonly now: () => number;
  readonly onProgress: OnModelProgress;
}

const VERDICT = 'engine verdict';

/** What was found out when these files first ran on this device. */
interface Verdict {
  readonly key: string;
  readonly iou: number;
  readonly plan: EncoderPlan;
}

function isVerdict(value: unknown): value is Verdict {
  return typeof value === 'object' && value !== null && 'key' in value && 'plan' in value;
}

/**
 * Loads model and engine in the workers, has them prove themselves on a picture whose mask is
 * known, and finds out how many encoders make the most of the cores. Proof and choice cost a few
 * encodes, so they are remembered for these files on this device.
 */
export async function startEngine(
  options: StartOptions,
): Promise<Result<{ readonly started: Started; readonly pool: EncoderPool }, StartProblem>> {
  const { source, decoder, database, machine, onProgress } = options;
  const key = `${verdictKey(source)} ${machine.cores} ${machine.isIsolated}`;
  const kept = await getSetting(database, VERDICT);
  const verdict = kept.ok && isVerdict(kept.value) && kept.value.key === key ? kept.value : null;

  const open = (plan: EncoderPlan) => openEncoderPool({ ...options, plan });
  // One after the other: both need the engine's file, which is then fetched once.
  const opened = await open(verdict?.plan ?? onePlan(machine));
  if (!opened.ok) return opened;
  let pool = opened.value;
  const giveUp = (problem: StartProblem) => {
    pool.dispose();
    return fail(problem);
  };
  const decoderReport = await decoder.prepare(source, onProgress);
  if (!decoderReport.ok) return giveUp(decoderReport.problem);
  // Files of earlier versions of the app; these are the ones in use.
  void dropOtherModelFiles([source.encoder, source.decoder, source.wasm]);

  let iou = verdict?.iou ?? 0;
  if (!verdict) {
    const tested = await selfTest(pool, decoder, options.goldenRuns);
    if (!tested.ok) return giveUp(tested.problem);
    iou = tested.value;
    const many = manyPlan(machine);
    if (many) pool = await chooseEncoders(pool, many, open, options.now);
    const plan = many && pool !== opened.value ? many : onePlan(machine);
    await putSetting(database, VERDICT, { key, iou, plan } satisfies Verdict);
  }
  const { report } = pool;
  return ok({ started: { report, sessions: pool.sessions(), goldenIou: iou }, pool });
}
