import { proxy } from 'comlink';
import { linkOnDemand } from '../engine/on-demand-link.ts';
import type { HealthApi } from './contract.ts';

export interface HealthClient extends HealthApi {
  /** Ends the worker and frees what it read; a later check starts a new one. */
  dispose(): void;
}

function startWorker(): Worker {
  return new Worker(new URL('./health.worker.ts', import.meta.url), { type: 'module' });
}

/** The health worker as seen from the page. It starts with the first check. */
export function createHealthClient(): HealthClient {
  const link = linkOnDemand<HealthApi>(startWorker);
  return {
    check: (request, onProgress) => link.ask((api) => api.check(request, proxy(onProgress))),
    cancel: () => link.tell((api) => api.cancel()),
    dispose: link.dispose,
  };
}
