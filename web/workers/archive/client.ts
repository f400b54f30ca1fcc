import { proxy } from 'comlink';
import { fail } from '../../core/flow/result.ts';
import { linkWorker } from '../engine/worker-link.ts';
import type { ArchiveApi } from './contract.ts';

export interface ArchiveClient extends ArchiveApi {
  dispose(): void;
}

/** The archive worker as seen from the page. It starts with the first archive. */
export function createArchiveClient(): ArchiveClient {
  const link = linkWorker<ArchiveApi>(
    () => new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    build: (files, onProgress) =>
      link.call<Awaited<ReturnType<ArchiveApi['build']>>>(
        (api) => api.build(files, proxy(onProgress)),
        () => fail({ kind: 'worker-crashed' }),
      ),
    cancel: () =>
      link.call(
        (api) => api.cancel(),
        () => undefined,
      ),
    dispose: () => link.dispose(),
  };
}
