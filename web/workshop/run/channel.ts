import type { Progress } from '../../core/flow/progress.ts';
import type { Notice } from '../notices.ts';

/** How a run is stopped: `pause` keeps what is left of its plan, `cancel` gives it up. */
export type StopWish = 'pause' | 'cancel';

/** How far the tab that works has come. */
export interface WorkReport {
  readonly progress: Progress;
  readonly failed: number;
  /** Name of the photo that was begun last. */
  readonly current: string;
  /** Asked to stop; what is in hand is being finished. */
  readonly stopping: StopWish | null;
}

/** What tabs tell each other about the run. None of it is kept: the database has the truth. */
export type RunMessage =
  /** From the tab that works. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'report'; readonly report: WorkReport }
  /** A variant has been made or has failed; its row is in the database. */
  | { readonly kind: 'settled'; readonly key: string }
  | { readonly kind: 'ended'; readonly notice: Omit<Notice, 'id' | 'action'> | null }
  /** To the tab that works. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'stop'; readonly wish: StopWish };

/** The tabs of one project, talking. A tab does not hear itself. */
export interface RunChannel {
  post(message: RunMessage): void;
  close(): void;
}

export function openRunChannel(database: string, hear: (message: RunMessage) => void): RunChannel {
  const channel = new BroadcastChannel(`maskwright-run ${database}`);
  let isOpen = true;
  channel.onmessage = (event: MessageEvent<RunMessage>) => hear(event.data);
  return {
    post(message) {
      // What is in hand may end after the tab has let go.
      if (isOpen) channel.postMessage(message);
    },
    close() {
      isOpen = false;
      channel.close();
    },
  };
}
