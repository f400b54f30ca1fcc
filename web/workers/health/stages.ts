import type { CheckProgress, CheckStage } from './contract.ts';

/** How a check tells where it is, and hears that nobody wants it any more. */
export interface Stages {
  /** Begins a stage; the answer is called with each number of things done. */
  begin(stage: CheckStage, total: number): (count: number) => void;
  isWanted(): boolean;
  /** Monotonic clock, milliseconds. */
  now(): number;
}

/** The rate is taken over the whole stage: work comes in batches, each item costs the same. */
export function createStages(
  onProgress: (progress: CheckProgress) => void,
  isWanted: () => boolean,
  now: () => number,
): Stages {
  return {
    begin(stage, total) {
      const begun = now();
      let done = 0;
      onProgress({ stage, done, total, rate: null, secondsLeft: null });
      return (count) => {
        done += count;
        const seconds = (now() - begun) / 1000;
        const rate = seconds > 0 ? done / seconds : null;
        onProgress({ stage, done, total, rate, secondsLeft: rate && (total - done) / rate });
      };
    },
    isWanted,
    now,
  };
}
