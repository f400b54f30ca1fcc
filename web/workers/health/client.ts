import { proxy } from 'comlink';
import { fail } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from '../engine/worker-link.ts';
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
  let link: WorkerLink<HealthApi> | null = null;
  return {
    check(request, onProgress) {
      link ??= linkWorker<HealthApi>(startWorker);
      const mine = link;
      return mine.call<Awaited<ReturnType<HealthApi['check']>>>(
        (api) => api.check(request, proxy(onProgress)),
        () => {
          if (link === mine) link = null;
          return fail({ kind: 'worker-crashed' });
        },
      );
    },
    async cancel() {
      await link?.call(
        (api) => api.cancel(),
        () => undefined,
      );
    },
    dispose() {
      link?.dispose();
      link = null;
    },
  };
}
