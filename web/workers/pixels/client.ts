import { linkOnDemand } from '../engine/on-demand-link.ts';
import type { PixelsWorker } from './contract.ts';

export interface PixelsClient extends PixelsWorker {
  /** Ends the worker; open calls answer `worker-crashed`. A later call starts a new one. */
  dispose(): void;
}

/** No photo takes so long to look at: a file that does is made to keep a decoder busy. */
const PATIENCE_MS = 120_000;

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
  const link = linkOnDemand<PixelsWorker>(start);
  return {
    inspect: (...args) => link.ask((api) => api.inspect(...args), patience),
    bitmap: (...args) => link.ask((api) => api.bitmap(...args)),
    modelInput: (...args) => link.ask((api) => api.modelInput(...args)),
    preview: (...args) => link.ask((api) => api.preview(...args)),
    variant: (...args) => link.ask((api) => api.variant(...args)),
    release: () => link.tell((api) => api.release()),
    dispose: link.dispose,
  };
}
