import { plural } from '../../core/flow/format.ts';
import type { RunStanding } from '../../core/run/machine.ts';
import { describeStorageProblem, type StorageProblem } from '../../storage/problem.ts';
import { describeEngineProblem } from '../engine-text.ts';
import type { Notice } from '../notices.ts';
import type { WorkStopped } from './work.ts';

/** A notice that another tab can show too. */
export type RunNotice = Omit<Notice, 'id' | 'action'>;

/** Why a run waits for the user, in words. */
export interface PauseReason {
  readonly message: string;
  readonly next: string;
}

/** What a run that has ended says. */
export function describeEnd({ phase, done, failed }: RunStanding): RunNotice {
  const made = `${plural(done, 'variant')} made`;
  if (phase === 'cancelled') {
    return { tone: 'info', message: `Cancelled. ${made}; they are kept.` };
  }
  if (failed === 0) return { tone: 'success', message: `${made}.` };
  return {
    tone: 'error',
    message: `${made}, ${failed} failed.`,
    next: 'The failed ones are marked in the grid with the reason. “Retry failed” tries them again.',
  };
}

/** Storage refused a result, or the plan itself. */
export function describeStop(photo: string | null, problem: StorageProblem): PauseReason {
  const { message, next } = describeStorageProblem(problem);
  const where = photo === null ? 'The run could not be noted' : `Stopped at ${photo}`;
  return {
    message: `${where}: ${message}`,
    next: `${next} Then resume: what was made so far is kept.`,
  };
}

/** A plan that was never written: nothing of it has been begun. */
export function describeNoStart(problem: StorageProblem): RunNotice {
  const { message, next } = describeStorageProblem(problem);
  return { tone: 'error', message: `The run was not begun: ${message}`, next };
}

/** The page was lost again and again before anything was made. */
export const LOST_TOO_OFTEN: PauseReason = {
  message: 'This page was closed or lost several times before it could make the next variant.',
  next: 'Close other tabs to free memory, then resume; or discard the rest.',
};

/** The model that began a run is no longer the one in use. */
export const OTHER_MODEL: PauseReason = {
  message: 'This run was begun with another model or quality than the one in use now.',
  next: 'Discard the rest, then generate: what is missing is made with the one in use.',
};

/** Why the work ended before the plan did. */
export function describeWorkStopped(stopped: WorkStopped): PauseReason {
  switch (stopped.kind) {
    case 'storage':
      return describeStop(stopped.task.photo.name, stopped.problem);
    case 'other-model':
      return OTHER_MODEL;
    case 'no-model': {
      const { message, next } = describeEngineProblem(stopped.problem);
      return { message, next: `${next} Then resume: what was made so far is kept.` };
    }
  }
}
