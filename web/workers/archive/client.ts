import { proxy } from 'comlink';
import { linkOnDemand } from '../engine/on-demand-link.ts';
import type { ArchiveApi } from './contract.ts';

export interface ArchiveClient extends ArchiveApi {
  dispose(): void;
}

function startWorker(): Worker {
  return new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' });
}

/** The archive worker as seen from the page. It starts with the first archive, and anew after a crash. */
export function createArchiveClient(): ArchiveClient {
  const link = linkOnDemand<ArchiveApi>(startWorker);
  return {
    build: (files, onProgress, target) =>
      link.ask((api) => api.build(files, proxy(onProgress), target)),
    buildProject: (facts, onProgress) =>
      link.ask((api) => api.buildProject(facts, proxy(onProgress))),
    inspectProject: (file) => link.ask((api) => api.inspectProject(file)),
    importProject: (file, mode, onProgress) =>
      link.ask((api) => api.importProject(file, mode, proxy(onProgress))),
    cancel: () => link.tell((api) => api.cancel()),
    dispose: link.dispose,
  };
}
