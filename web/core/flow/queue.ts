/** What became of a queued job that did not throw. */
export type JobOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'cancelled' };

export interface AddOptions {
  /** Lower goes first; equal ranks in order of arrival. 0 when absent. */
  readonly rank?: number;
  /** Name for `promote` and `cancel`. */
  readonly key?: string;
}

/** Runs one job at a time. A job that throws rejects its own promise and stops no other. */
export interface JobQueue {
  add<Value>(job: () => Promise<Value>, options?: AddOptions): Promise<JobOutcome<Value>>;
  /** Moves waiting jobs of this key before all others. */
  promote(key: string): void;
  /** Takes waiting jobs of this key out; the one that runs is left to finish. */
  cancel(key: string): void;
}

interface Waiting {
  readonly key: string | undefined;
  rank: number;
  readonly run: () => Promise<void>;
  readonly drop: () => void;
}

export function createJobQueue(): JobQueue {
  const waiting: Waiting[] = [];
  let isRunning = false;

  const pump = async () => {
    if (isRunning) return;
    isRunning = true;
    for (let next = takeFirst(waiting); next; next = takeFirst(waiting)) await next.run();
    isRunning = false;
  };

  return {
    add: (job, { rank = 0, key } = {}) =>
      new Promise((resolve, reject) => {
        waiting.push({
          key,
          rank,
          run: async () => {
            try {
              resolve({ kind: 'done', value: await job() });
            } catch (error) {
              reject(error);
            }
          },
          drop: () => resolve({ kind: 'cancelled' }),
        });
        // After the caller's turn, so that jobs added together are ordered by rank.
        void Promise.resolve().then(pump);
      }),
    promote(key) {
      const first = Math.min(0, ...waiting.map(({ rank }) => rank)) - 1;
      for (const job of waiting) if (job.key === key) job.rank = first;
    },
    cancel(key) {
      for (let i = waiting.length - 1; i >= 0; i--) {
        if (waiting[i].key === key) waiting.splice(i, 1)[0].drop();
      }
    },
  };
}

function takeFirst(waiting: Waiting[]): Waiting | undefined {
  let first = 0;
  for (let i = 1; i < waiting.length; i++) if (waiting[i].rank < waiting[first].rank) first = i;
  return waiting.splice(first, 1)[0];
}
