import { proxy } from 'comlink';
import { fail } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from '../engine/worker-link.ts';
import type { AnnotationsApi } from './contract.ts';

export interface AnnotationsClient extends AnnotationsApi {
  dispose(): void;
}

function startWorker(): Worker {
  return new Worker(new URL('./annotations.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * The annotations worker as seen from the page. It starts with the first import, and anew after a
 * file has cost it its memory.
 */
export function createAnnotationsClient(): AnnotationsClient {
  let link: WorkerLink<AnnotationsApi> | null = null;
  return {
    read(files, photos, onProgress) {
      link ??= linkWorker<AnnotationsApi>(startWorker);
      const mine = link;
      return mine.call<Awaited<ReturnType<AnnotationsApi['read']>>>(
        (api) => api.read(files, photos, proxy(onProgress)),
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
