/** Held by the one tab that works; the browser takes it back when that tab is gone. */
export interface RunLock {
  /** Works with the lock held, or answers false at once when another tab has it. */
  holdIfFree(work: () => Promise<void>): Promise<boolean>;
  /** The same, with a little patience for a tab that only has a look. */
  holdSoon(work: () => Promise<void>): Promise<boolean>;
  /** Waits until no other tab has the lock, then works with it held; unless aborted before. */
  holdWhenFree(work: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

/** A tab that looks whether something is left to do holds the lock for a few milliseconds. */
const PATIENCE_MS = 2000;

export function createRunLock(database: string): RunLock {
  const name = `maskwright-run ${database}`;

  async function hold(work: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
    let isHeld = false;
    try {
      await navigator.locks.request(name, { signal }, () => {
        isHeld = true;
        return work();
      });
    } catch (error) {
      if (isHeld || !signal.aborted) throw error;
    }
    return isHeld;
  }

  return {
    holdIfFree: (work) =>
      navigator.locks.request(name, { ifAvailable: true }, async (held) => {
        if (held) await work();
        return held !== null;
      }),
    holdSoon: (work) => hold(work, AbortSignal.timeout(PATIENCE_MS)),
    async holdWhenFree(work, signal) {
      await hold(work, signal);
    },
  };
}
