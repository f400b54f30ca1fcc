import { expect, test } from 'vitest';
import type { RunStanding } from './machine.ts';
import { NEVER_TAKEN_UP, onFinding, takeUp } from './take-up.ts';

const run: RunStanding = { phase: 'running', total: 9, done: 3, failed: 1 };

test('a run that was cut short goes on by itself; a paused one waits for the user', () => {
  expect(onFinding(run, NEVER_TAKEN_UP)).toBe('go-on');
  expect(onFinding({ ...run, phase: 'planned', done: 0, failed: 0 }, NEVER_TAKEN_UP)).toBe('go-on');
  expect(onFinding({ ...run, phase: 'paused' }, NEVER_TAKEN_UP)).toBe('offer');
  expect(onFinding({ ...run, phase: 'done' }, NEVER_TAKEN_UP)).toBe('nothing');
  expect(onFinding({ ...run, phase: 'cancelled' }, NEVER_TAKEN_UP)).toBe('nothing');
});

test('a photo that takes the page with it every time does not do so for ever', () => {
  let takeUps = NEVER_TAKEN_UP;
  const found: string[] = [];
  for (let i = 0; i < 5; i++) {
    found.push(onFinding(run, takeUps));
    takeUps = takeUp(takeUps, run);
  }
  expect(found).toEqual(['go-on', 'go-on', 'go-on', 'offer', 'offer']);
});

test('every settled item earns new trust', () => {
  let takeUps = NEVER_TAKEN_UP;
  for (let done = 0; done < 6; done++) {
    expect(onFinding({ ...run, done }, takeUps)).toBe('go-on');
    takeUps = takeUp(takeUps, { ...run, done });
  }
});
