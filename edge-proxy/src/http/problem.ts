/** The closed set of errors as HTTP answers. */
import type { ErrorBody, ErrorCode } from '../../contract.ts';
import type { JobProblem } from '../ledger/job.ts';
import { errors } from './errors.ts';

/** Thrown by handlers, answered in one place; carries nothing but what an outsider may see. */
export class Refused extends Error {
  readonly problem: JobProblem;
  constructor(code: ErrorCode, more: Omit<JobProblem, 'code'> = {}) {
    super(code);
    this.problem = { code, ...more };
  }
}

export function errorBody(problem: JobProblem): ErrorBody['error'] {
  const { title, next } = errors[problem.code];
  return { ...problem, title, next };
}

export function answerProblem(problem: JobProblem): Response {
  const headers = new Headers();
  if (problem.retryAfterMs !== undefined) {
    headers.set('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)));
  }
  const body: ErrorBody = { error: errorBody(problem) };
  return Response.json(body, { status: errors[problem.code].status, headers });
}
