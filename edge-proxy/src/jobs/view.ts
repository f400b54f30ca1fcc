/** A job as its owner sees it. */
import type { Generation } from '../../contract.ts';
import { errorBody } from '../http/problem.ts';
import type { Job } from '../ledger/job.ts';

export function toGeneration(job: Job): Generation {
  return {
    id: job.id,
    model: job.model,
    task: job.task,
    state: job.state,
    payment: job.payment,
    reservedMicros: job.reservedMicros,
    settledMicros: job.settledMicros,
    estimate: job.estimate,
    ...(job.progress !== null && { progress: job.progress }),
    ...(job.seed !== null && { seed: job.seed }),
    outputs: job.outputs.map(({ type, bytes }, n) => ({
      url: `/api/generations/${job.id}/outputs/${n}`,
      type,
      bytes,
    })),
    ...(job.problem !== null && { error: errorBody(job.problem) }),
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  };
}
