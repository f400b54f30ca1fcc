/** What driving a job needs from the world. Each promise is a place where the process may die. */
import type { Learnt } from '../catalogue/catalogue.ts';
import type { Job, JobProblem, Kept } from '../ledger/job.ts';
import type { Answer, Found, Source, VendorRef } from '../vendors/adapter.ts';

export interface Ports {
  now(): number;
  /** 0…1, for jitter. */
  random(): number;
  /** Debits the installation's budget; idempotent by job id. */
  admit(job: Job): Promise<JobProblem | null>;
  /** Tells the installation the final debit; idempotent. */
  settleHouse(id: string, micros: number): Promise<void>;
  /** The paid call itself. Never rejects: a lost answer is the answer `lost`. */
  start(job: Job): Promise<Answer>;
  poll(job: Job, ref: VendorRef): Promise<Answer>;
  cancel(job: Job, ref: VendorRef): Promise<void>;
  find(job: Job, taken: readonly string[]): Promise<Found>;
  /** Copies results into our bucket. Rejects when a source cannot be read. */
  keep(job: Job, outputs: readonly Source[]): Promise<readonly Kept[]>;
  /** What an earlier life of this job already put into the bucket, complete or empty. */
  stored(job: Job): Promise<readonly Kept[]>;
  /** A vendor's word about the job's model, for all calls to come; idempotent. */
  learnModel(job: Job, learnt: Learnt): Promise<void>;
  pollEveryMs(job: Job): number;
  /** How long to wait for what should take so many ms; shorter in tests. */
  wait(ms: number): number;
}
