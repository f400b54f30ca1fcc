import { proxy } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import type { OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport, EngineSource } from './contract.ts';
import type { WorkerLink } from './worker-link.ts';

/** The part of both workers that opens their session. */
interface Preparing {
  prepare(
    source: EngineSource,
    onProgress: OnModelProgress,
  ): Promise<Result<EngineReport, EngineProblem>>;
}

/**
 * Longest time without a word from a worker that prepares: no byte of the model, no session. A slow
 * tablet takes some ten seconds for a session.
 */
export const SILENCE_MS = 60_000;

/**
 * Prepares a worker, and gives it up as `worker-lost` when it falls silent: threads of the engine
 * may never start, and nobody would be told (seen in Firefox 153 on a busy machine).
 */
export async function prepareLink<Api extends Preparing>(
  link: WorkerLink<Api>,
  source: EngineSource,
  onProgress: OnModelProgress,
): Promise<Result<EngineReport, EngineProblem>> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => link.dispose(), SILENCE_MS);
  };
  listen();
  const hear: OnModelProgress = (progress) => {
    listen();
    onProgress(progress);
  };
  try {
    return await link.call<Result<EngineReport, EngineProblem>>(
      (api) => api.prepare(source, proxy(hear)) as Promise<Result<EngineReport, EngineProblem>>,
      () => fail({ kind: 'worker-lost' }),
    );
  } finally {
    clearTimeout(silence);
  }
}
