import type { Remote } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from '../engine/worker-link.ts';
import type { PixelsProblem, PixelsWorker } from './contract.ts';

export interface PixelsClient extends PixelsWorker {
  /** Ends the worker; open calls answer `worker-crashed`. A later call starts a new one. */
  dispose(): void;
}

/** No photo takes so long to look at: a file that does is made to keep a decoder busy. */
const PATIENCE_MS = 120_000;

const CRASHED: PixelsProblem = { kind: 'worker-crashed' };

function startWorker(): Worker {
  return new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * The pixels worker as seen from the page. It starts with the first call. When it dies, the calls
 * that were open answer `worker-crashed` and the next call starts another: it keeps nothing but a
 * cache, so nothing is lost.
 * @param start makes the worker; tests bring one that dies
 * @param patience ms after which a file is given up, and the worker with it
 */
export function createPixelsClient(
  start: () => Worker = startWorker,
  patience: number = PATIENCE_MS,
): PixelsClient {
  let link: WorkerLink<PixelsWorker> | null = null;

  function ask<Value>(
    question: (api: Remote<PixelsWorker>) => Promise<Result<Value, PixelsProblem>>,
  ): Promise<Result<Value, PixelsProblem>> {
    link ??= linkWorker<PixelsWorker>(start);
    const mine = link;
    return mine.call(question, () => {
      if (link === mine) link = null;
      return fail(CRASHED);
    });
  }

  return {
    async inspect(...args) {
      const answer = ask((api) => api.inspect(...args));
      const mine = link;
      const timer = setTimeout(() => mine?.dispose(), patience);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    bitmap: (...args) => ask((api) => api.bitmap(...args)),
    modelInput: (...args) => ask((api) => api.modelInput(...args)),
    preview: (...args) => ask((api) => api.preview(...args)),
    variant: (...args) => ask((api) => api.variant(...args)),
    async release() {
      await link?.call(
        (api) => api.release(),
        () => undefined,
      );
    },
    dispose() {
      link?.dispose();
      link = null;
    },
  };
}
