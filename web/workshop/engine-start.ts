import { fail, ok, type Result } from '../core/flow/result.ts';
import { dropOtherModelFiles, type OnModelProgress } from '../remote/models.ts';
import type { Database } from '../storage/database.ts';
import type { DecoderApi } from '../workers/decoder/contract.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EncodeRequest } from '../workers/encoder/contract.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../workers/engine/contract.ts';
import { selfTest, verdictKey } from '../workers/engine/self-test.ts';
import { type EncoderPlan, type Machine, manyPlan } from './encoder-plan.ts';
import { openEncoderPool } from './encoder-pool.ts';
import { type Encoders, openEncoders } from './encoders.ts';
import { keepVerdict, readVerdict } from './engine-verdict.ts';

/** `wrong-mask`: the engine runs and computes nonsense; better none than that. */
export type StartProblem = EngineProblem | { readonly kind: 'wrong-mask'; readonly iou: number };

/** What runs the model, and how closely it reproduced the known mask when it was first tried. */
export interface Started {
  readonly report: EngineReport;
  /** How a long line of photos is encoded, where that was found to be faster. */
  readonly many: EncoderPlan | null;
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
  /** Called when photos that were encoded before can be clicked, as soon as that is. */
  readonly onDecoder: () => void;
  /** Called when it has been found out whether several encoders get more done than one. */
  readonly onVerdict: (areManyBetter: boolean) => void;
  /** Called when there are more or fewer encoders than before. */
  readonly onChange: () => void;
}

/**
 * Loads model and engine in the workers and has them prove themselves on a picture whose mask is
 * known. The proof costs one quick encode, so it is remembered for these files on this device;
 * so is, for a week, whether several encoders get more done than one, once a long line of photos
 * has shown it.
 */
export async function startEngine(
  options: StartOptions,
): Promise<Result<{ readonly started: Started; readonly encoders: Encoders }, StartProblem>> {
  const { source, decoder, database, machine, onProgress, onDecoder } = options;
  const key = `${verdictKey(source)} ${machine.cores} ${machine.isIsolated}`;
  let verdict = await readVerdict(database, key, Date.now());
  const isProven = verdict.iou > 0;

  // One after the other: both need the engine's file, which is then fetched once. The decoder
  // first: with it alone a photo that was encoded before can be clicked.
  const decoderReport = await decoder.prepare(source, onProgress);
  if (!decoderReport.ok) return decoderReport;
  if (isProven) onDecoder();
  const opened = await openEncoders({
    machine,
    open: (plan) => openEncoderPool({ ...options, plan }),
    areManyBetter: verdict.areManyBetter,
    onVerdict(areManyBetter) {
      options.onVerdict(areManyBetter);
      verdict = { ...verdict, areManyBetter, comparedAt: Date.now() };
      void keepVerdict(database, verdict);
    },
    onChange: options.onChange,
  });
  if (!opened.ok) return opened;
  const encoders = opened.value;
  // Files of earlier versions of the app; these are the ones in use.
  void dropOtherModelFiles([source.encoder, source.decoder, source.wasm]);

  if (!isProven) {
    const encoder = { encode: (request: EncodeRequest) => encoders.encode(request, () => true) };
    const tested = await selfTest(encoder, decoder, options.goldenRuns);
    if (!tested.ok) {
      encoders.dispose();
      return fail(tested.problem);
    }
    verdict = { ...verdict, iou: tested.value };
    await keepVerdict(database, verdict);
  }
  const { report } = encoders;
  const many = verdict.areManyBetter ? manyPlan(machine) : null;
  return ok({ started: { report, many, goldenIou: verdict.iou }, encoders });
}
