import { type Remote, wrap } from 'comlink';

/** A worker that is started by the first call and whose death answers every open call. */
export interface WorkerLink<Api> {
  /** Runs `ask` against the worker; answers `lost()` when the worker dies first. */
  call<Answer>(ask: (api: Remote<Api>) => Promise<Answer>, lost: () => Answer): Promise<Answer>;
  /** Ends the worker. Open and later calls answer `lost()`. */
  dispose(): void;
}

/**
 * Comlink alone would leave a caller waiting for ever when a worker's script fails to load or
 * the browser ends it for memory; here every open call then gets its `lost` answer.
 */
export function linkWorker<Api>(start: () => Worker): WorkerLink<Api> {
  let running: { readonly worker: Worker; readonly api: Remote<Api> } | undefined;
  let isLost = false;
  let announceLoss: () => void = () => {};
  const loss = new Promise<void>((resolve) => {
    announceLoss = resolve;
  });

  const end = () => {
    isLost = true;
    running?.worker.terminate();
    running = undefined;
    announceLoss();
  };

  const connect = (): Remote<Api> => {
    if (!running) {
      const worker = start();
      worker.addEventListener('error', end);
      running = { worker, api: wrap<Api>(worker) };
    }
    return running.api;
  };

  return {
    async call(ask, lost) {
      if (isLost) return lost();
      return Promise.race([ask(connect()), loss.then(lost)]);
    },
    dispose: end,
  };
}
