import { proxy } from 'comlink';
import { linkOnDemand } from '../engine/on-demand-link.ts';
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
  const link = linkOnDemand<AnnotationsApi>(startWorker);
  return {
    read: (files, photos, onProgress) =>
      link.ask((api) => api.read(files, photos, proxy(onProgress))),
    cancel: () => link.tell((api) => api.cancel()),
    dispose: link.dispose,
  };
}
