import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Variant } from '../core/dataset/variant.ts';
import type { RunStanding } from '../core/run/machine.ts';
import { onFinding } from '../core/run/take-up.ts';
import { describeStorageProblem, type StorageProblem } from '../storage/problem.ts';
import { type FoundRun, findRun, putRun } from '../storage/runs.ts';
import { getVariant } from '../storage/variants.ts';
import type { Notices } from './notices.ts';
import { openRunChannel, type RunMessage, type StopWish } from './run/channel.ts';
import { keepAwake } from './run/keep-awake.ts';
import { createRunLock } from './run/lock.ts';
import { discard, plan, type SessionStop, type Workplace, workOn } from './run/session.ts';
import { NOTHING_YET, type RunState } from './run/state.ts';
import {
  describeEnd,
  describeNoStart,
  LOST_TOO_OFTEN,
  OTHER_MODEL,
  type PauseReason,
  type RunNotice,
} from './run/text.ts';
import type { Slot } from './variants.ts';

export interface Run {
  readonly state: Accessor<RunState>;
  /** Whether this or another tab is at work. */
  readonly isWorking: Accessor<boolean>;
  /** Finds an unfinished run: goes on with it, watches it, or offers it. */
  load(): Promise<void>;
  /**
   * Makes every variant that is missing or out of date; failed ones are tried again. Takes the place
   * of a paused run. Resolves when this tab's work has ended.
   */
  start(): Promise<void>;
  /** Makes those that failed, nothing else. */
  retryFailed(): Promise<void>;
  /** Stops after what is in hand and keeps the rest of the plan, whichever tab works. */
  pause(): void;
  resume(): Promise<void>;
  /** Stops after what is in hand, or takes a paused run away; what was made is kept. */
  cancel(): void;
}

/**
 * One run at a time for all tabs of a project. The tab that holds the lock works; the others watch
 * and take over by themselves when it is gone.
 */
export function createRun(place: Workplace, notices: Notices): Run {
  const { services, variants } = place;
  const { database } = services;
  const [state, setState] = createSignal<RunState>({ kind: 'idle' });
  const lock = createRunLock(database.name);
  const channel = openRunChannel(database.name, (message) => void hear(message));
  let stopping: AbortController | null = null;
  let wish: SessionStop | null = null;
  let watching: AbortController | null = null;
  /** How the run before ended: an error stays on the screen until it is dismissed. */
  let lastNotice = 0;

  const isHere = () => stopping !== null;

  function tell(problem: StorageProblem): void {
    notices.show({ tone: 'error', ...describeStorageProblem(problem) });
  }

  function show(standing: RunStanding | null, why: PauseReason | null = null): void {
    setState(standing?.phase === 'paused' ? { kind: 'paused', standing, why } : { kind: 'idle' });
  }

  function showEnd(notice: RunNotice | null): void {
    if (notice) lastNotice = notices.show(notice);
  }

  function announceEnd(notice: RunNotice | null): void {
    showEnd(notice);
    channel.post({ kind: 'ended', notice });
  }

  /** With the lock held: works on a run until it ends or is stopped. */
  async function work(found: FoundRun): Promise<void> {
    if (found.run.model !== variants.model()) {
      await offer(found, OTHER_MODEL);
      return;
    }
    const controller = new AbortController();
    stopping = controller;
    // Asked for while the plan was still being written.
    if (wish) controller.abort();
    notices.dismiss(lastNotice);
    channel.post({ kind: 'begun' });
    const letSleep = keepAwake();
    try {
      const end = await workOn(place, found, controller.signal, {
        wish: () => wish,
        report(part) {
          const report = { ...part, stopping: wish === 'leave' ? null : wish };
          setState({ kind: 'working', by: 'this-tab', ...report });
          channel.post({ kind: 'report', report });
        },
        settled(variant: Variant) {
          variants.put(variant);
          channel.post({ kind: 'settled', key: variant.key });
        },
      });
      if (wish === 'leave') return;
      show(end.standing, end.why);
      if (end.why) announceEnd({ tone: 'error', ...end.why });
      else announceEnd(end.standing.phase === 'paused' ? null : describeEnd(end.standing));
    } finally {
      letSleep();
      stopping = null;
      if (wish !== 'leave') wish = null;
    }
  }

  /** With the lock held: leaves a run to the user's decision. */
  async function offer({ run, standing }: FoundRun, why: PauseReason | null): Promise<void> {
    if (run.phase !== 'paused') await putRun(database, { ...run, phase: 'paused' });
    show({ ...standing, phase: 'paused' }, why);
  }

  async function find(): Promise<FoundRun | null> {
    const found = await findRun(database);
    if (!found.ok) tell(found.problem);
    return found.ok ? found.value : null;
  }

  /** With the lock held: nobody else works, so an unfinished run is this tab's to go on with. */
  async function takeOver(): Promise<void> {
    const found = await find();
    const next = found ? onFinding(found.standing, found.run.takeUps) : 'nothing';
    if (!found || next === 'nothing') show(null);
    else if (next === 'go-on') await work(found);
    else await offer(found, found.standing.phase === 'paused' ? null : LOST_TOO_OFTEN);
  }

  /** Shows another tab's work and waits to take over should that tab be lost. */
  function watch(): void {
    if (isHere() || watching) return;
    const waiting = new AbortController();
    watching = waiting;
    setState({ kind: 'working', by: 'another-tab', ...NOTHING_YET });
    channel.post({ kind: 'ask' });
    void lock.holdWhenFree(async () => {
      watching = null;
      // A tab that is lost may have kept a result without having told of it.
      await variants.load();
      await takeOver();
    }, waiting.signal);
  }

  async function hear(message: RunMessage): Promise<void> {
    const current = state();
    switch (message.kind) {
      case 'begun':
        notices.dismiss(lastNotice);
        watch();
        return;
      case 'report':
        if (!watching) watch();
        setState({ kind: 'working', by: 'another-tab', ...message.report });
        return;
      case 'settled': {
        const row = await getVariant(database, message.key);
        if (row.ok && row.value) variants.put(row.value);
        return;
      }
      case 'ended':
        showEnd(message.notice);
        // A tab that watched finds out when it gets the lock.
        if (!watching && !isHere()) show((await find())?.standing ?? null);
        return;
      case 'ask':
        if (isHere() && current.kind === 'working') {
          const { progress, failed, current: photo, stopping } = current;
          channel.post({ kind: 'report', report: { progress, failed, current: photo, stopping } });
        }
        return;
      case 'stop':
        requestStop(message.wish);
    }
  }

  function requestStop(asked: StopWish): void {
    const current = state();
    if (current.kind !== 'working') return;
    if (current.by === 'another-tab') {
      channel.post({ kind: 'stop', wish: asked });
      return;
    }
    if (wish === 'cancel') return;
    wish = asked;
    setState({ ...current, stopping: asked });
    channel.post({ kind: 'report', report: { ...current, stopping: asked } });
    stopping?.abort();
  }

  async function withLock(task: () => Promise<void>): Promise<void> {
    if (isHere() || watching) return;
    if (!(await lock.holdSoon(task))) watch();
  }

  async function begin(pick: (slot: Slot) => boolean): Promise<void> {
    if (state().kind === 'working') return;
    wish = null;
    setState({ kind: 'working', by: 'this-tab', ...NOTHING_YET });
    await withLock(async () => {
      const tasks = (await variants.settled()).filter(pick);
      if (tasks.length === 0) {
        show(null);
        notices.show({ tone: 'info', message: 'Every variant is already up to date.' });
        return;
      }
      const planned = await plan(place, tasks);
      if (planned.ok) await work(planned.value);
      else {
        show((await find())?.standing ?? null);
        notices.show(describeNoStart(planned.problem));
      }
    });
  }

  onCleanup(() => {
    wish = 'leave';
    stopping?.abort();
    watching?.abort();
    channel.close();
  });

  return {
    state,
    isWorking: () => state().kind === 'working',

    async load() {
      const found = await find();
      if (!found) return;
      if (onFinding(found.standing, found.run.takeUps) === 'nothing') return;
      if (!(await lock.holdIfFree(takeOver))) watch();
    },

    start: () => begin(({ variant }) => variant?.status !== 'done'),
    retryFailed: () => begin(({ variant }) => variant?.status === 'failed'),
    pause: () => requestStop('pause'),

    async resume() {
      if (state().kind !== 'paused') return;
      await withLock(async () => {
        const found = await find();
        if (found?.standing.phase === 'paused') await work(found);
        else await takeOver();
      });
    },

    cancel() {
      if (state().kind !== 'paused') {
        requestStop('cancel');
        return;
      }
      void withLock(async () => {
        const found = await find();
        if (found?.standing.phase !== 'paused') return takeOver();
        const given = await discard(place, found);
        if (!given.ok) return tell(given.problem);
        show(null);
        announceEnd(describeEnd(given.value));
      });
    },
  };
}
