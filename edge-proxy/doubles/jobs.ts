import type { Vendor } from './types.ts';
import type { WebhookMessage } from './webhooks.ts';

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'moderated' | 'canceled';

export interface JobView {
  vendor: Vendor;
  id: string;
  model: string;
  state: JobState;
}

/** One asynchronous task at a vendor. `data` is the vendor file's own record of it. */
export interface Job<Data = unknown> extends JobView {
  /** Milliseconds on the doubles' clock. */
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  data: Data;
}

interface JobPlan<Data> {
  vendor: Vendor;
  id: string;
  model: string;
  data: Data;
  /** The state it ends in; null = it stays running until a test ends it. */
  ends: JobState | null;
  /** Told once, when the job has ended: webhooks go out from here. */
  onEnd?(job: Job<Data>): Promise<void>;
  /** The webhook that tells the job's present state; absent when the caller asked for none. */
  message?(job: Job<Data>): WebhookMessage;
}

export interface JobBook {
  create<Data>(plan: JobPlan<Data>): Job<Data>;
  get<Data>(vendor: Vendor, id: string): Job<Data> | undefined;
  list(vendor?: Vendor): Job[];
  /** Ends a job once; a job that has ended stays as it is. */
  finish(vendor: Vendor, id: string, state?: JobState): Promise<void>;
  /** Resolves when the job has ended or `ms` of real time went by. */
  settled(job: Job, ms: number): Promise<void>;
  /** The job's webhook as of now, or null when it has none. Throws for an unknown job. */
  message(vendor: Vendor, id: string): WebhookMessage | null;
  clear(): void;
}

export const ENDED: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'moderated',
  'canceled',
]);

interface Entry {
  job: Job;
  ends: JobState | null;
  onEnd: (() => Promise<void>) | null;
  message: (() => WebhookMessage) | null;
  timer: NodeJS.Timeout | null;
  waiting: Set<() => void>;
}

/** @param jobMs real milliseconds until a job ends by itself; null = only by `finish`. */
export function createJobBook(now: () => number, jobMs: number | null): JobBook {
  const entries = new Map<string, Entry>();

  async function finish(entry: Entry, state: JobState): Promise<void> {
    if (ENDED.has(entry.job.state)) return;
    if (entry.timer) clearTimeout(entry.timer);
    entry.job.state = state;
    entry.job.endedAt = now();
    for (const wake of entry.waiting) wake();
    await entry.onEnd?.();
  }

  return {
    create(plan) {
      const job = {
        vendor: plan.vendor,
        id: plan.id,
        model: plan.model,
        state: 'queued' as JobState,
        createdAt: now(),
        startedAt: null as number | null,
        endedAt: null as number | null,
        data: plan.data,
      };
      const { ends, onEnd, message } = plan;
      const entry: Entry = {
        job,
        ends,
        onEnd: onEnd ? () => onEnd(job) : null,
        message: message ? () => message(job) : null,
        timer: null,
        waiting: new Set(),
      };
      entries.set(`${plan.vendor}/${plan.id}`, entry);
      if (ends !== null && jobMs !== null) {
        entry.timer = setTimeout(() => void finish(entry, ends), jobMs);
      }
      return job;
    },
    get<Data>(vendor: Vendor, id: string) {
      const job = entries.get(`${vendor}/${id}`)?.job;
      if (job?.state === 'queued') {
        // The first look finds it started, as a poll right after submission does at the vendors.
        job.state = 'running';
        job.startedAt = now();
      }
      return job as Job<Data> | undefined;
    },
    list: (vendor) =>
      [...entries.values()]
        .map((e) => e.job)
        .filter((j) => vendor === undefined || j.vendor === vendor),
    async finish(vendor, id, state) {
      const entry = entries.get(`${vendor}/${id}`);
      if (!entry) throw new Error(`no ${vendor} job ${id}`);
      await finish(entry, state ?? entry.ends ?? 'succeeded');
    },
    settled(job, ms) {
      const entry = entries.get(`${job.vendor}/${job.id}`);
      if (!entry || ENDED.has(job.state)) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          entry.waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        entry.waiting.add(done);
      });
    },
    message(vendor, id) {
      const entry = entries.get(`${vendor}/${id}`);
      if (!entry) throw new Error(`no ${vendor} job ${id}`);
      return entry.message?.() ?? null;
    },
    clear() {
      for (const entry of entries.values()) {
        if (entry.timer) clearTimeout(entry.timer);
        for (const wake of entry.waiting) wake();
      }
      entries.clear();
    },
  };
}
