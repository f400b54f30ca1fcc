/** An undoable value: immutable snapshots with a cursor. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** How many steps back are kept. */
export const HISTORY_LIMIT = 200;

export function startHistory<State>(present: State): History<State> {
  return { past: [], present, future: [] };
}

/** Makes `next` the present; what had been undone is gone. */
export function record<State>(history: History<State>, next: State): History<State> {
  return {
    past: [...history.past, history.present].slice(-HISTORY_LIMIT),
    present: next,
    future: [],
  };
}

/** Replaces the present without a step of its own: a slider that is still moving. */
export function amend<State>(history: History<State>, next: State): History<State> {
  return { ...history, present: next };
}

export function undo<State>(history: History<State>): History<State> {
  const previous = history.past[history.past.length - 1];
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
  };
}

export function redo<State>(history: History<State>): History<State> {
  if (history.future.length === 0) return history;
  const [next, ...future] = history.future;
  return { past: [...history.past, history.present], present: next, future };
}
