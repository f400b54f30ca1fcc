import { isEnded, type RunStanding } from './machine.ts';

/** How often a run has been taken up, and what was settled when it was last. */
export interface TakeUps {
  /** Items settled when a tab last began to work. */
  readonly settledBefore: number;
  /** How often in a row a tab began and was lost before it settled a single item. */
  readonly fruitless: number;
}

export const NEVER_TAKEN_UP: TakeUps = { settledBefore: -1, fruitless: 0 };

/** A page that was lost so often at the same item would be lost again. */
const MOST_FRUITLESS = 2;

/** Notes that a tab begins to work now. */
export function takeUp(before: TakeUps, { done, failed }: RunStanding): TakeUps {
  const settledBefore = done + failed;
  const isFruitless = settledBefore === before.settledBefore;
  return { settledBefore, fruitless: isFruitless ? before.fruitless + 1 : 0 };
}

/**
 * What a tab that finds a run does when no other tab works on it.
 *
 * - `go-on`: the run was cut short by a closed tab, a crash or a reload, so it continues by itself;
 * - `offer`: the user paused it, or it took the page with it again and again: the user decides;
 * - `nothing`: it has ended.
 */
export function onFinding(run: RunStanding, takeUps: TakeUps): 'go-on' | 'offer' | 'nothing' {
  if (isEnded(run)) return 'nothing';
  if (run.phase === 'paused') return 'offer';
  return takeUp(takeUps, run).fruitless > MOST_FRUITLESS ? 'offer' : 'go-on';
}
