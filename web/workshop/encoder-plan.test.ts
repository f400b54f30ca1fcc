import { expect, test } from 'vitest';
import { areManyWorthIt, manyPlan, onePlan } from './encoder-plan.ts';

const LAPTOP = { cores: 8, isIsolated: true, bytes: 2e9 };

test('cores are shared out as far as memory allows beside the one for the user', () => {
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
  expect(manyPlan({ ...LAPTOP, bytes: 9e8 })).toBeNull();
});

test('several are worth it where they get more than a twentieth more done', () => {
  const one = [{ cells: 100, ms: 100 }];
  const eachTaking = (ms: number) => Array.from({ length: 4 }, () => ({ cells: 100, ms }));
  expect(areManyWorthIt(one, eachTaking(180), 2)).toBe(true);
  expect(areManyWorthIt(one, eachTaking(198), 2)).toBe(false);
});

test('larger photos do not make an encoder look slower', () => {
  const one = [{ cells: 100, ms: 100 }];
  expect(areManyWorthIt(one, [{ cells: 300, ms: 540 }], 2)).toBe(true);
});
