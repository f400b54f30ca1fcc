import type { ArchiveProblem } from './contract.ts';

/** Ends a stream from inside; carries the reason out of it. */
export class Stopped extends Error {
  readonly problem: ArchiveProblem;
  constructor(problem: ArchiveProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}
