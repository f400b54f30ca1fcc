import * as ort from 'onnxruntime-web/wasm';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { loadModelFile, type OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport, EngineSource } from './contract.ts';
import { problemOf } from './problem-of.ts';

/** More threads than this cost memory and gain nothing at this model's size. */
const MOST_THREADS = 8;

/** A session and what it runs on. */
export interface Started<Session> {
  readonly session: Session;
  readonly report: EngineReport;
}

/** Opens a model; injected into the workers' logic, so that tests can open it elsewhere. */
export type OpenSession<Session> = (
  source: EngineSource,
  onProgress: OnModelProgress,
) => Promise<Result<Started<Session>, EngineProblem>>;

/** The two models, each in a worker of its own. */
export type ModelPart = 'encoder' | 'decoder';

/**
 * Whether threads spin while there is no part for them, and are there at once, or sleep and leave
 * the core to others. Measured on two cores: asleep, a run of the encoder takes 3–13 % longer, one
 * of the decoder up to 17 % less.
 */
const ALLOW_SPINNING: Readonly<Record<ModelPart, '0' | '1'>> = { encoder: '1', decoder: '0' };

/**
 * Loads and checks engine and model, then creates a session on the WASM backend. One session
 * per thread: the engine cannot create or run two at once.
 */
export async function startSession(
  source: EngineSource,
  part: ModelPart,
  onProgress: OnModelProgress,
): Promise<Result<Started<ort.InferenceSession>, EngineProblem>> {
  const begun = performance.now();
  const [wasm, weights] = await Promise.all([
    loadModelFile(source.wasm, onProgress),
    loadModelFile(source[part], onProgress),
  ]);
  if (!wasm.ok) return wasm;
  if (!weights.ok) return weights;

  const threads = chooseThreads(navigator.hardwareConcurrency, crossOriginIsolated, source.threads);
  ort.env.wasm.numThreads = threads.threads;
  ort.env.wasm.wasmBinary = wasm.value;
  ort.env.wasm.wasmPaths = { mjs: source.script };
  try {
    const session = await ort.InferenceSession.create(weights.value, {
      executionProviders: ['wasm'],
      extra: { session: { intra_op: { allow_spinning: ALLOW_SPINNING[part] } } },
    });
    return ok({
      session,
      report: {
        backend: 'wasm',
        ...threads,
        startMs: performance.now() - begun,
        engine: ort.env.versions.web ?? ort.env.versions.common,
      },
    });
  } catch (error) {
    return fail(problemOf(error));
  }
}

/** Threads are said explicitly: the engine's default is one on two cores. */
export function chooseThreads(
  cores: number,
  isIsolated: boolean,
  wanted = cores,
): Pick<EngineReport, 'threads' | 'reason'> {
  if (!isIsolated) return { threads: 1, reason: 'not-isolated' };
  if (cores <= 1) return { threads: 1, reason: 'single-core' };
  if (wanted < cores) return { threads: Math.min(wanted, MOST_THREADS), reason: 'shared' };
  if (cores > MOST_THREADS) return { threads: MOST_THREADS, reason: 'capped' };
  return { threads: cores, reason: 'all-cores' };
}
