import { type Accessor, createSignal } from 'solid-js';
import { plural } from '../core/flow/format.ts';
import { createProgressMeter, type Progress } from '../core/flow/progress.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import { makeVariant } from './make-variant.ts';
import type { Notices } from './notices.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import type { VariantLibrary } from './variants.ts';

export type RunState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly progress: Progress;
      readonly failed: number;
      /** Name of the photo being worked on. */
      readonly current: string;
      /** Cancel was pressed; the photo in hand is finished. */
      readonly stopping: boolean;
    };

export interface Run {
  readonly state: Accessor<RunState>;
  /** Makes every variant that is missing or out of date; failed ones are tried again. */
  start(): Promise<void>;
  cancel(): void;
}

const RUN_LOCK = 'maskwright-run';

export function createRun(
  services: Services,
  segmenter: Segmenter,
  variants: VariantLibrary,
  notices: Notices,
): Run {
  const [state, setState] = createSignal<RunState>({ kind: 'idle' });
  let isCancelled = false;

  async function work(): Promise<void> {
    const tasks = (await variants.settled()).filter(({ variant }) => variant?.status !== 'done');
    if (tasks.length === 0) {
      notices.show({ tone: 'info', message: 'Every variant is already up to date.' });
      return;
    }
    const meter = createProgressMeter(tasks.length, services.now);
    let failed = 0;
    segmenter.encodeAhead([...new Set(tasks.map(({ photo }) => photo))]);
    for (const task of tasks) {
      if (isCancelled) break;
      setState({
        kind: 'running',
        progress: meter.read(),
        failed,
        current: task.photo.name,
        stopping: false,
      });
      const made = await makeVariant(services, segmenter, task, variants.output());
      if (!made.ok) {
        const { message, next } = describeStorageProblem(made.problem);
        notices.show({
          tone: 'error',
          message: `Stopped at ${task.photo.name}: ${message}`,
          next: `${next} What was made so far is kept.`,
        });
        return;
      }
      if (made.value.status === 'failed') failed++;
      variants.put(made.value);
      meter.advance();
    }
    const { done } = meter.read();
    const made = `${plural(done - failed, 'variant')} made`;
    if (isCancelled) {
      notices.show({ tone: 'info', message: `Cancelled. ${made}; they are kept.` });
    } else if (failed > 0) {
      notices.show({
        tone: 'error',
        message: `${made}, ${failed} failed.`,
        next: 'The failed ones are marked in the grid with the reason.',
      });
    } else {
      notices.show({ tone: 'success', message: `${made}.` });
    }
  }

  return {
    state,

    async start() {
      if (state().kind === 'running') return;
      isCancelled = false;
      setState({
        kind: 'running',
        progress: { done: 0, total: 0, rate: null, secondsLeft: null },
        failed: 0,
        current: '',
        stopping: false,
      });
      try {
        await navigator.locks.request(RUN_LOCK, { ifAvailable: true }, async (lock) => {
          if (lock) return work();
          notices.show({
            tone: 'error',
            message: 'Another tab of Maskwright is generating already.',
            next: 'Watch it there, or cancel it there first.',
          });
        });
      } finally {
        setState({ kind: 'idle' });
      }
    },

    cancel() {
      const current = state();
      if (current.kind !== 'running') return;
      isCancelled = true;
      setState({ ...current, stopping: true });
    },
  };
}
