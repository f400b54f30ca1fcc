/**
 * Exit codes, by what a script would do about them; docs/runner.md lists them. 1 means that the
 * command did its work and some photos could not be done; from 2 on nothing more was tried.
 */
export const EXIT = {
  ok: 0,
  /** Some photos failed or were refused; all others are made. */
  photos: 1,
  /** The command line or the recipe has to be changed. */
  usage: 2,
  /** An input, a bucket or a shard cannot be had. */
  input: 3,
  /** What was made cannot be written: disk full, no permission, bucket refuses. */
  output: 4,
  /** The model or its engine does not run here. */
  engine: 5,
  /** Ctrl+C, or SIGTERM from a cluster that takes the machine back. */
  interrupted: 130,
} as const;

export type ExitName = keyof typeof EXIT;

/** Why a command ends early, in words: what, and what to do about it. */
export interface Problem {
  readonly exit: Exclude<ExitName, 'ok' | 'photos'>;
  readonly message: string;
  readonly next: string;
}

/**
 * Carries a problem out of streams and pipelines to the one place that ends a command. Thrown for
 * what ends the whole command only; what is wrong with one photo is a value.
 */
export class Failure extends Error {
  readonly problem: Problem;
  constructor(exit: Problem['exit'], message: string, next: string) {
    super(message);
    this.problem = { exit, message, next };
  }
}

/** What follows every reason that ends a command half way. */
export const GO_ON =
  'What is done is kept: the same command goes on from there, maskwright run with --resume.';

/** Node's and the operating system's name of an error, such as `ENOSPC`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `fetch` says only "fetch failed"; why is in its cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return textOf(cause ?? error);
}
