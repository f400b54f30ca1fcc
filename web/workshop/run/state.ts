import type { RunStanding } from '../../core/run/machine.ts';
import type { WorkReport } from './channel.ts';
import type { PauseReason } from './text.ts';

/** The run as a screen shows it. */
export type RunState =
  | { readonly kind: 'idle' }
  /** Being made, here or in another tab of the same project. */
  | ({ readonly kind: 'working'; readonly by: 'this-tab' | 'another-tab' } & WorkReport)
  /** Unfinished, and nobody works on it. */
  | {
      readonly kind: 'paused';
      readonly standing: RunStanding;
      /** null when the user paused it. */
      readonly why: PauseReason | null;
    };

export const NOTHING_YET: WorkReport = {
  progress: { done: 0, total: 0, rate: null, secondsLeft: null },
  failed: 0,
  current: '',
  stopping: null,
};
