/** What a long job shows: count, rate and time left. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Items a second over the recent past, or null before the second item. */
  readonly rate: number | null;
  /** Seconds until done at that rate, or null while the rate is unknown. */
  readonly secondsLeft: number | null;
}

export interface ProgressMeter {
  /** Records that `count` more items are done and returns the new reading. */
  advance(count?: number): Progress;
  read(): Progress;
}

/**
 * Measures progress over a sliding window of finished items, so that a slow first item (engine
 * start, cold caches) does not spoil the estimate for the whole job.
 *
 * @param total number of items
 * @param now clock in milliseconds, monotonic
 * @param window how many recent items the rate is taken over
 * @param already items that were done before this job was taken up again; they say nothing of the rate
 */
export function createProgressMeter(
  total: number,
  now: () => number,
  window = 12,
  already = 0,
): ProgressMeter {
  const stamps: number[] = [now()];
  let done = already;

  function read(): Progress {
    const spanItems = stamps.length - 1;
    const spanSeconds = (stamps[stamps.length - 1] - stamps[0]) / 1000;
    const rate = spanItems > 0 && spanSeconds > 0 ? spanItems / spanSeconds : null;
    const secondsLeft = rate === null ? null : Math.max(0, (total - done) / rate);
    return { done, total, rate, secondsLeft };
  }

  return {
    read,
    advance(count = 1) {
      for (let i = 0; i < count; i++) stamps.push(now());
      while (stamps.length > window + 1) stamps.shift();
      done = Math.min(total, done + count);
      return read();
    },
  };
}
