/**
 * - `planned`: what to make is written down, nothing is made yet;
 * - `running`: a tab works on it, or worked when it was closed;
 * - `paused`: the user, or a device that is full, stopped it; it goes on when asked to;
 * - `done`: every item is made or has failed;
 * - `cancelled`: what is left will not be made.
 */
export type RunPhase = 'planned' | 'running' | 'paused' | 'done' | 'cancelled';

/** An item is settled once, as done or failed; a failed one is tried again by another run. */
export type ItemState = 'waiting' | 'done' | 'failed';

export interface RunCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** Where a run is. */
export interface RunStanding extends RunCounts {
  readonly phase: RunPhase;
}

export type RunEvent =
  /** A tab begins to work: the first time, after a pause, or after the one before it was lost. */
  | { readonly kind: 'start' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'cancel' }
  /** A waiting item has been made or has failed. One in hand may come in after a pause. */
  | { readonly kind: 'settle'; readonly as: 'done' | 'failed' }
  /** Waiting items whose photo or template is gone are taken out of the plan. */
  | { readonly kind: 'drop'; readonly items: number };

/** Items that are neither made nor failed. */
export function waitingIn({ total, done, failed }: RunCounts): number {
  return total - done - failed;
}

export function isEnded({ phase }: Pick<RunStanding, 'phase'>): boolean {
  return phase === 'done' || phase === 'cancelled';
}

/**
 * What becomes of a run. Events that make no sense where it stands change nothing: a second tab may
 * press a button a moment too late.
 */
export function step(run: RunStanding, event: RunEvent): RunStanding {
  if (isEnded(run)) return run;
  switch (event.kind) {
    case 'start':
      return finishedWhenEmpty({ ...run, phase: 'running' });
    case 'pause':
      return { ...run, phase: 'paused' };
    case 'cancel':
      return { ...run, phase: 'cancelled' };
    case 'settle':
      if (waitingIn(run) === 0) return run;
      return finishedWhenEmpty({ ...run, [event.as]: run[event.as] + 1 });
    case 'drop':
      return { ...run, total: run.total - Math.min(event.items, waitingIn(run)) };
  }
}

function finishedWhenEmpty(run: RunStanding): RunStanding {
  return waitingIn(run) === 0 && run.phase !== 'planned' ? { ...run, phase: 'done' } : run;
}
