import type { Remote } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from '../engine/worker-link.ts';
import type { PixelsProblem, PixelsWorker } from './contract.ts';

export interface PixelsClient extends PixelsWorker {
  /** Ends the worker; open calls answer `worker-crashed`. A later call starts a new one. */
  dispose(): void;
}

const CRASHED: PixelsProblem = { kind: 'worker-crashed' };

function startWorker(): Worker {
  return new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * The pixels worker as seen from the page. It starts with the first call. When it dies, the calls
 * that were open answer `worker-crashed` and the next call starts another: it keeps nothing but a
 * cache, so nothing is lost.
 * @param start makes the worker; tests bring one that dies
 */
export function createPixelsClient(start: () => Worker = startWorker): PixelsClient {
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
    inspect: (...args) => ask((api) => api.inspect(...args)),
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
