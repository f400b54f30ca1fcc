import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok, type Result } from '../../core/flow/result.ts';
import type { OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport } from './contract.ts';
import { prepareLink, SILENCE_MS } from './prepare-link.ts';
import { engineReport, engineSource } from './testing.ts';
import type { WorkerLink } from './worker-link.ts';

interface Api {
  prepare(
    source: unknown,
    onProgress: OnModelProgress,
  ): Promise<Result<EngineReport, EngineProblem>>;
}

const progress = { file: 'model', loaded: 1, total: 2, from: 'network' } as const;

/** A worker that says what `prepare` has it say; ended, it answers as lost. */
function linkTo(prepare: Api['prepare']): WorkerLink<Api> {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    call: (ask, lost) => Promise.race([ask({ prepare } as never), ended.then(lost)]),
    dispose: () => end(),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a worker that falls silent is given up as lost', async () => {
  const link = linkTo(() => new Promise(() => {}));
  const prepared = prepareLink(link, engineSource, () => {});
  await vi.advanceTimersByTimeAsync(SILENCE_MS);
  expect(await prepared).toEqual({ ok: false, problem: { kind: 'worker-lost' } });
});

test('one that goes on loading is waited for, however long it takes', async () => {
  let finish: (report: Result<EngineReport, EngineProblem>) => void = () => {};
  let tell: OnModelProgress = () => {};
  const link = linkTo((_, onProgress) => {
    tell = onProgress;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const heard: unknown[] = [];
  const prepared = prepareLink(link, engineSource, (step) => heard.push(step));
  for (let minute = 0; minute < 10; minute++) {
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
    tell(progress);
  }
  finish(ok(engineReport));
  expect(await prepared).toEqual(ok(engineReport));
  expect(heard).toHaveLength(10);
  expect(vi.getTimerCount()).toBe(0);
});
