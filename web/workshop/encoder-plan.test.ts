import { expect, test } from 'vitest';
import { fail, ok } from '../core/flow/result.ts';
import { engineReport } from '../workers/engine/testing.ts';
import { chooseEncoders, manyPlan, onePlan } from './encoder-plan.ts';
import type { EncoderPool } from './encoder-pool.ts';

const LAPTOP = { cores: 8, isIsolated: true, bytes: 2e9 };

test('cores are shared out as far as memory allows', () => {
  expect(onePlan(LAPTOP)).toEqual({ sessions: 1, threads: 8 });
  expect(manyPlan(LAPTOP)).toEqual({ sessions: 4, threads: 2 });
  expect(manyPlan({ ...LAPTOP, bytes: 1e9 })).toEqual({ sessions: 2, threads: 4 });
  expect(manyPlan({ ...LAPTOP, cores: 2 })).toEqual({ sessions: 2, threads: 1 });
});

test('a page that is not isolated has one thread a session, but may have sessions', () => {
  expect(onePlan({ ...LAPTOP, isIsolated: false })).toEqual({ sessions: 1, threads: 1 });
  expect(manyPlan({ ...LAPTOP, isIsolated: false })).toEqual({ sessions: 4, threads: 1 });
});

test('one core or little memory means one session', () => {
  expect(manyPlan({ ...LAPTOP, cores: 1 })).toBeNull();
  expect(manyPlan({ ...LAPTOP, bytes: 7e8 })).toBeNull();
});

/** A pool on a clock of its own: a round of all its encoders takes `roundMs`. */
function poolOf(sessions: number, roundMs: number, clock: { now: number }) {
  let isDisposed = false;
  let asked = 0;
  const pool: EncoderPool = {
    report: engineReport,
    sessions: () => sessions,
    async encode({ photo }) {
      if (++asked % sessions === 0) clock.now += roundMs;
      return { kind: 'encoded', photo, encodeMs: roundMs };
    },
    dispose: () => {
      isDisposed = true;
    },
  };
  return { pool, isDisposed: () => isDisposed };
}

test.each([
  ['several win where a round of two takes less than two of one', 180, true],
  ['one stays where several gain next to nothing', 198, false],
])('%s', async (_, roundMs, severalWin) => {
  const clock = { now: 0 };
  const one = poolOf(1, 100, clock);
  const two = poolOf(2, roundMs, clock);
  const plan = { sessions: 2, threads: 1 };
  const chosen = await chooseEncoders(
    one.pool,
    plan,
    async () => ok(two.pool),
    () => clock.now,
  );
  expect(chosen).toBe(severalWin ? two.pool : one.pool);
  expect([one.isDisposed(), two.isDisposed()]).toEqual([severalWin, !severalWin]);
});

test('where several cannot be opened, one goes on', async () => {
  const clock = { now: 0 };
  const { pool, isDisposed } = poolOf(1, 100, clock);
  const open = async () => fail({ kind: 'out-of-memory' } as const);
  const plan = { sessions: 2, threads: 1 };
  expect(await chooseEncoders(pool, plan, open, () => clock.now)).toBe(pool);
  expect(isDisposed()).toBe(false);
});
