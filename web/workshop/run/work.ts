import type { Variant, VariantProblem } from '../../core/dataset/variant.ts';
import { forEachBounded } from '../../core/flow/for-each-bounded.ts';
import { createGate } from '../../core/flow/gate.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { weightOf } from '../../core/run/budget.ts';
import type { PlannedTask } from '../../core/run/plan.ts';
import type { StorageProblem } from '../../storage/problem.ts';
import type { StoredRun } from '../../storage/schema.ts';
import type { StartProblem } from '../engine-start.ts';
import {
  type FoundMask,
  failedVariant,
  findMasks,
  keepMade,
  type Made,
  makeVariant,
} from '../make-variant.ts';
import type { Segmenter } from '../segmenter.ts';
import type { Services } from '../services.ts';
import { createLookAhead } from './look-ahead.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Why the work ends early; the run goes on from there when the user asks. */
export type WorkStopped =
  /** Storage did not give a photo or take a result. */
  | { readonly kind: 'storage'; readonly task: PlannedTask; readonly problem: StorageProblem }
  /** There is no model to find masks with: every photo would fail, for the same reason. */
  | { readonly kind: 'no-model'; readonly problem: StartProblem }
  /** The model or its tier was changed: what comes now would not be what was planned. */
  | { readonly kind: 'other-model' };

export interface WorkEvents {
  /** A photo is about to be decoded, edited and encoded. */
  begun(task: PlannedTask): void;
  /** Its variant, or the reason why there is none, is on the disk. */
  settled(variant: Variant): void;
  /** Whether masks come from the model that the run was planned with. */
  isSameModel(): boolean;
}

/** Items whose masks are looked for while every pixel worker is busy with others. */
const AHEAD = 3;

type Masks = Result<readonly FoundMask[], VariantProblem>;

function isForWantOfMemory({ variant }: Made): boolean {
  return (
    variant.status === 'failed' &&
    (variant.problem.kind === 'worker-crashed' || variant.problem.kind === 'out-of-memory')
  );
}

/** Why no photo can be segmented, as opposed to one. An engine that was lost starts anew by itself. */
function withoutModel(segmenter: Segmenter): StartProblem | null {
  const state = segmenter.state();
  if (state.kind !== 'failed') return null;
  const { kind } = state.problem;
  const isLasting =
    kind === 'model-unavailable' || kind === 'model-damaged' || kind === 'wrong-mask';
  return isLasting ? state.problem : null;
}

/**
 * Makes items of a run, in order and several at a time. Masks are looked for ahead of the pixel
 * workers; a pixel worker takes its next item when the one before it is on the disk, so a lost
 * page costs at most one item for each worker.
 *
 * @param stop when aborted no item is begun, and what pixel workers have in hand is finished
 */
export async function workThrough(
  services: Services,
  segmenter: Segmenter,
  run: StoredRun,
  tasks: readonly PlannedTask[],
  stop: AbortSignal,
  on: WorkEvents,
): Promise<Result<null, WorkStopped>> {
  const { database, pixels, budget } = services;
  const makers = createGate(budget.workers);
  const encodeAhead = createLookAhead(segmenter, tasks);
  const halting = new AbortController();
  const halt = halting.signal;
  if (stop.aborted) halting.abort();
  stop.addEventListener('abort', () => halting.abort(), { once: true });
  let stopped: WorkStopped | null = null;

  function giveUp(why: WorkStopped): void {
    stopped ??= why;
    halting.abort();
  }

  async function make(task: PlannedTask, masks: Masks): Promise<Result<Made, StorageProblem>> {
    if (!masks.ok) return ok(failedVariant(task, masks.problem));
    return makeVariant(services, task, masks.value, run.output);
  }

  async function makeAndKeep(task: PlannedTask, masks: Masks): Promise<void> {
    let leave = await makers.enter();
    try {
      if (halt.aborted) return;
      on.begun(task);
      let made = await make(task, masks);
      if (made.ok && isForWantOfMemory(made.value)) {
        // Once more with the memory of all other workers to itself.
        leave();
        leave = await makers.enter(budget.workers);
        if (halt.aborted) return;
        await pixels.release();
        made = await make(task, masks);
      }
      const item = { run: run.id, index: task.index };
      const kept = made.ok ? await keepMade(database, made.value, item) : made;
      if (made.ok && kept.ok) on.settled(made.value.variant);
      if (!kept.ok) giveUp({ kind: 'storage', task, problem: kept.problem });
    } finally {
      leave();
    }
  }

  const bounds = {
    items: budget.workers + AHEAD,
    weight: budget.bytes,
    weigh: ({ photo, template }: PlannedTask) => weightOf(photo, template.components.length),
    isStopped: () => halt.aborted,
  };
  await forEachBounded(tasks, bounds, async (task) => {
    encodeAhead(task);
    // An encoder that is at work is not waited for once the run is to stop.
    const masks = await unlessAborted(findMasks(services, segmenter, task), halt);
    const problem = masks && !masks.ok && withoutModel(segmenter);
    if (!on.isSameModel()) giveUp({ kind: 'other-model' });
    else if (problem) giveUp({ kind: 'no-model', problem });
    else if (masks) await makeAndKeep(task, masks);
  });
  return stopped ? fail(stopped) : ok(null);
}
