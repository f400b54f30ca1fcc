import { fail, ok, type Result } from '../core/flow/result.ts';
import { dropOtherModelFiles, type OnModelProgress } from '../remote/models.ts';
import type { Database } from '../storage/database.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { DecoderApi } from '../workers/decoder/contract.ts';
import type { EncoderApi } from '../workers/encoder/contract.ts';
import { connectWorkers } from '../workers/engine/connect.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../workers/engine/contract.ts';
import { selfTest, verdictKey } from '../workers/engine/self-test.ts';

/** `wrong-mask`: the engine runs and computes nonsense; better none than that. */
export type StartProblem = EngineProblem | { readonly kind: 'wrong-mask'; readonly iou: number };

/** What runs the model, and how closely it reproduced the known mask when it was first tried. */
export interface Started {
  readonly report: EngineReport;
  /** 0.99…1 */
  readonly goldenIou: number;
}

const VERDICT = 'engine verdict';

interface Verdict {
  readonly key: string;
  readonly iou: number;
}

function isVerdict(value: unknown): value is Verdict {
  return typeof value === 'object' && value !== null && 'key' in value && 'iou' in value;
}

/**
 * Loads model and engine in both workers, then has them prove themselves on a picture whose mask
 * is known. The proof costs one encode, so it is remembered for these files on this engine.
 */
export async function startEngine(
  encoder: EncoderApi,
  decoder: DecoderApi,
  source: EngineSource,
  goldenRuns: readonly number[],
  database: Database,
  onProgress: OnModelProgress,
): Promise<Result<Started, StartProblem>> {
  await connectWorkers(encoder, decoder);
  // One after the other: both need the engine's file, which is then fetched once.
  const report = await encoder.prepare(source, onProgress);
  if (!report.ok) return report;
  const decoderReport = await decoder.prepare(source, onProgress);
  if (!decoderReport.ok) return decoderReport;
  // Files of earlier versions of the app; these are the ones in use.
  void dropOtherModelFiles([source.encoder, source.decoder, source.wasm]);

  const key = verdictKey(source, report.value);
  const kept = await getSetting(database, VERDICT);
  if (kept.ok && isVerdict(kept.value) && kept.value.key === key) {
    return ok({ report: report.value, goldenIou: kept.value.iou });
  }
  const tested = await selfTest(encoder, decoder, goldenRuns);
  if (!tested.ok) return fail(tested.problem);
  await putSetting(database, VERDICT, { key, iou: tested.value } satisfies Verdict);
  return ok({ report: report.value, goldenIou: tested.value });
}
