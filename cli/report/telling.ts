import { Failure, GO_ON } from '../problem.ts';
import type { Report } from './events.ts';

/** How long jobs tell what they do and hear that they shall stop. */
export interface Telling {
  readonly report: Report;
  readonly signal: AbortSignal;
}

export function stopped(): Failure {
  return new Failure('interrupted', 'Stopped.', GO_ON);
}
