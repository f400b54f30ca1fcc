import type { Remote } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import { linkWorker, type WorkerLink } from './worker-link.ts';

type WorkerCrashed = { readonly kind: 'worker-crashed' };

/** A worker that keeps nothing but caches: the first question starts it, and the next after a crash anew. */
export interface OnDemandLink<Api> {
  /**
   * Asks the worker, and starts one where there is none.
   * @param patience ms after which the worker is given up, with every question that is open
   * @returns its answer, or `worker-crashed` when it dies before it has one
   */
  ask<Value, Problem>(
    question: (api: Remote<Api>) => Promise<Result<Value, Problem>>,
    patience?: number,
  ): Promise<Result<Value, Problem | WorkerCrashed>>;
  /** Tells the worker something, if there is one; resolves when it has heard, or died. */
  tell(order: (api: Remote<Api>) => Promise<void>): Promise<void>;
  /** Ends the worker; open questions answer `worker-crashed`, a later one starts another. */
  dispose(): void;
}

export function linkOnDemand<Api>(start: () => Worker): OnDemandLink<Api> {
  let link: WorkerLink<Api> | null = null;
  return {
    async ask<Value, Problem>(
      question: (api: Remote<Api>) => Promise<Result<Value, Problem>>,
      patience?: number,
    ) {
      link ??= linkWorker<Api>(start);
      const mine = link;
      const timer = patience === undefined ? undefined : setTimeout(() => mine.dispose(), patience);
      try {
        return await mine.call<Result<Value, Problem | WorkerCrashed>>(question, () => {
          if (link === mine) link = null;
          return fail({ kind: 'worker-crashed' });
        });
      } finally {
        clearTimeout(timer);
      }
    },
    async tell(order) {
      await link?.call(order, () => undefined);
    },
    dispose() {
      link?.dispose();
      link = null;
    },
  };
}
