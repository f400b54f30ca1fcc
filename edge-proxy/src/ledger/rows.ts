/** Between rows of `jobs` and `Job`. */
import type { GenerationState, Payment, Task, Vendor } from '../../contract.ts';
import type { Job } from './job.ts';

export type JobRow = Record<string, SqlStorageValue>;

function parsed<T>(value: SqlStorageValue): T | null {
  return value === null ? null : (JSON.parse(value as string) as T);
}

export function toJob(row: JobRow): Job {
  return {
    id: row.id as string,
    key: row.key as string,
    requestHash: row.request_hash as string,
    model: row.model as string,
    vendor: row.vendor as Vendor,
    task: row.task as Task,
    request: parsed(row.request),
    address: row.address as string,
    payment: row.payment as Payment,
    state: row.state as GenerationState,
    admitted: row.admitted === 1,
    houseTold: row.house_told === 1,
    cancelAsked: row.cancel_asked === 1,
    reservedMicros: row.reserved as number,
    settledMicros: row.settled as number,
    estimate: row.estimate === 1,
    ref: parsed(row.ref),
    attempts: row.attempts as number,
    sentAt: row.sent_at as number | null,
    nextAt: row.next_at as number | null,
    progress: row.progress as number | null,
    seed: row.seed as number | null,
    outputs: parsed<Job['outputs']>(row.outputs) ?? [],
    problem: parsed(row.problem),
    createdAt: row.created_at as number,
    updatedAt: row.updated_at as number,
  };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Column and stored value of each field that may change after the row was made. */
export const columns: {
  readonly [Field in keyof Job]?: readonly [string, (value: Job[Field]) => SqlStorageValue];
} = {
  request: ['request', json],
  payment: ['payment', (value) => value],
  state: ['state', (value) => value],
  admitted: ['admitted', (value) => (value ? 1 : 0)],
  houseTold: ['house_told', (value) => (value ? 1 : 0)],
  cancelAsked: ['cancel_asked', (value) => (value ? 1 : 0)],
  settledMicros: ['settled', (value) => value],
  estimate: ['estimate', (value) => (value ? 1 : 0)],
  ref: ['ref', json],
  attempts: ['attempts', (value) => value],
  sentAt: ['sent_at', (value) => value],
  nextAt: ['next_at', (value) => value],
  progress: ['progress', (value) => value],
  seed: ['seed', (value) => value],
  outputs: ['outputs', json],
  problem: ['problem', json],
};
