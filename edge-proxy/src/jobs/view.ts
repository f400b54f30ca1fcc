/** A job as its owner sees it. */
import type { Generation } from '../../contract.ts';
import { findModel } from '../catalogue/catalogue.ts';
import { replacementFor } from '../catalogue/learnt.ts';
import { errorBody } from '../http/problem.ts';
import type { Job, JobProblem } from '../ledger/job.ts';

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
    ...(job.problem !== null && { error: errorBody(withReplacement(job.model, job.problem)) }),
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  };
}

function withReplacement(id: string, problem: JobProblem): JobProblem {
  const model = problem.code === 'model_gone' ? findModel(id) : null;
  const replacedBy = model === null ? undefined : replacementFor(model);
  return replacedBy === undefined ? problem : { ...problem, replacedBy };
}
