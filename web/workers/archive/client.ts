import { proxy, type Remote } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from '../engine/worker-link.ts';
import type { ArchiveApi } from './contract.ts';

export interface ArchiveClient extends ArchiveApi {
  dispose(): void;
}

function startWorker(): Worker {
  return new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' });
}

/** The archive worker as seen from the page. It starts with the first archive, and anew after a crash. */
export function createArchiveClient(): ArchiveClient {
  let link: WorkerLink<ArchiveApi> | null = null;

  function ask<Value, Problem>(
    question: (api: Remote<ArchiveApi>) => Promise<Result<Value, Problem>>,
  ) {
    link ??= linkWorker<ArchiveApi>(startWorker);
    const mine = link;
    return mine.call<Result<Value, Problem | { readonly kind: 'worker-crashed' }>>(question, () => {
      if (link === mine) link = null;
      return fail({ kind: 'worker-crashed' });
    });
  }

  return {
    build: (files, onProgress, target) => ask((api) => api.build(files, proxy(onProgress), target)),
    buildProject: (facts, onProgress) => ask((api) => api.buildProject(facts, proxy(onProgress))),
    inspectProject: (file) => ask((api) => api.inspectProject(file)),
    importProject: (file, mode, onProgress) =>
      ask((api) => api.importProject(file, mode, proxy(onProgress))),
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
