import type { VariantTask } from '../../core/dataset/tasks.ts';
import type { Variant } from '../../core/dataset/variant.ts';
import { createProgressMeter } from '../../core/flow/progress.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { type RunStanding, step } from '../../core/run/machine.ts';
import { type PlannedTask, planRun, tasksLeft } from '../../core/run/plan.ts';
import { NEVER_TAKEN_UP, takeUp } from '../../core/run/take-up.ts';
import type { StorageProblem } from '../../storage/problem.ts';
import {
  dropItems,
  endRun,
  type FoundRun,
  putPlan,
  putRun,
  waitingItems,
} from '../../storage/runs.ts';
import type { StoredRun } from '../../storage/schema.ts';
import type { PhotoLibrary } from '../photos.ts';
import type { Segmenter } from '../segmenter.ts';
import type { Services } from '../services.ts';
import type { TemplateLibrary } from '../templates.ts';
import type { VariantLibrary } from '../variants.ts';
import type { StopWish, WorkReport } from './channel.ts';
import { describeStop, describeWorkStopped, type PauseReason } from './text.ts';
import { workThrough } from './work.ts';

/** What a run is made of and made with. */
export interface Workplace {
  readonly services: Services;
  readonly segmenter: Segmenter;
  readonly photos: PhotoLibrary;
  readonly templates: TemplateLibrary;
  readonly variants: VariantLibrary;
}

/** How a session is stopped; `leave` writes nothing, as a closed tab does not. */
export type SessionStop = StopWish | 'leave';

export interface SessionEvents {
  report(report: Omit<WorkReport, 'stopping'>): void;
  settled(variant: Variant): void;
  /** What was asked for when the session was told to stop. */
  wish(): SessionStop | null;
}

/** How one tab's work on a run ended. */
export interface SessionEnd {
  readonly standing: RunStanding;
  /** Why the run waits now although nobody paused it. */
  readonly why: PauseReason | null;
}

/** Writes a plan down; nothing is made before it is on the disk. */
export async function plan(
  { services, variants }: Workplace,
  tasks: readonly VariantTask[],
): Promise<Result<FoundRun, StorageProblem>> {
  const planned = planRun(tasks, variants.output(), variants.model());
  const run: StoredRun = {
    ...planned.plan,
    id: crypto.randomUUID(),
    phase: 'planned',
    takeUps: NEVER_TAKEN_UP,
  };
  const kept = await putPlan(services.database, run, planned.items);
  if (!kept.ok) return kept;
  const total = planned.items.length;
  return ok({ run, standing: { phase: 'planned', total, done: 0, failed: 0 } });
}

/** What is left of a run, once items whose photo or template is gone are taken out. */
async function takeLeft(
  { services: { database }, photos, templates }: Workplace,
  { run, standing }: FoundRun,
): Promise<Result<{ tasks: readonly PlannedTask[]; standing: RunStanding }, StorageProblem>> {
  const waiting = await waitingItems(database, run.id);
  if (!waiting.ok) return waiting;
  const { tasks, gone } = tasksLeft(run, waiting.value, photos.list, (id) => templates.isSaved(id));
  if (gone.length > 0) {
    const dropped = await dropItems(database, run.id, gone);
    if (!dropped.ok) return dropped;
  }
  return ok({ tasks, standing: step(standing, { kind: 'drop', items: gone.length }) });
}

/**
 * Works on a run until it is done or stopped, and notes how it ended. Call it with the lock held.
 */
export async function workOn(
  place: Workplace,
  found: FoundRun,
  stop: AbortSignal,
  on: SessionEvents,
): Promise<SessionEnd> {
  const { services, segmenter } = place;
  const { database } = services;
  let { run, standing } = found;

  /** A run that could not be noted is found as it was, and goes on from there all the same. */
  const note = (phase: StoredRun['phase']) => {
    run = { ...run, phase };
    return phase === 'done' || phase === 'cancelled'
      ? endRun(database, run)
      : putRun(database, run);
  };
  const stopFor = async (why: PauseReason): Promise<SessionEnd> => {
    standing = step(standing, { kind: 'pause' });
    await note('paused');
    return { standing, why };
  };

  const left = await takeLeft(place, found);
  if (!left.ok) return stopFor(describeStop(null, left.problem));
  standing = step(left.value.standing, { kind: 'start' });
  run = { ...run, takeUps: takeUp(run.takeUps, standing) };
  if (standing.phase === 'running') {
    const noted = await note('running');
    if (!noted.ok) return stopFor(describeStop(null, noted.problem));
  }

  const { total, done, failed } = standing;
  const meter = createProgressMeter(total, services.now, undefined, done + failed);
  let current = '';
  const report = () => on.report({ progress: meter.read(), failed: standing.failed, current });
  report();
  const worked = await workThrough(services, segmenter, run, left.value.tasks, stop, {
    begun({ photo }) {
      current = photo.name;
      report();
    },
    settled(variant) {
      standing = step(standing, { kind: 'settle', as: variant.status });
      meter.advance();
      on.settled(variant);
      report();
    },
    isSameModel: () => place.variants.model() === found.run.model,
  });
  if (on.wish() === 'leave') return { standing, why: null };
  if (!worked.ok) {
    const { problem } = worked;
    return stopFor(describeWorkStopped(problem));
  }
  const wish = on.wish();
  if (wish === 'pause' || wish === 'cancel') standing = step(standing, { kind: wish });
  await note(standing.phase);
  return { standing, why: null };
}

/** Gives up what is left of a run. */
export async function discard(
  { services }: Workplace,
  { run, standing }: FoundRun,
): Promise<Result<RunStanding, StorageProblem>> {
  const ended = await endRun(services.database, { ...run, phase: 'cancelled' });
  return ended.ok ? ok(step(standing, { kind: 'cancel' })) : fail(ended.problem);
}
