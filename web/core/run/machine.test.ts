import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEnded, type RunEvent, type RunStanding, step, waitingIn } from './machine.ts';

const events = fc.oneof(
  fc.constantFrom<RunEvent>({ kind: 'start' }, { kind: 'pause' }, { kind: 'cancel' }),
  fc.constantFrom<RunEvent>({ kind: 'settle', as: 'done' }, { kind: 'settle', as: 'failed' }),
  fc.nat(4).map((items): RunEvent => ({ kind: 'drop', items })),
);
const planned = (total: number): RunStanding => ({ phase: 'planned', total, done: 0, failed: 0 });

test('whatever happens in whatever order, the counts stay true and nothing made is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(events), (total, list) => {
      let run = planned(total);
      for (const event of list) {
        const next = step(run, event);
        expect(next.done).toBeGreaterThanOrEqual(run.done);
        expect(next.failed).toBeGreaterThanOrEqual(run.failed);
        expect(waitingIn(next)).toBeGreaterThanOrEqual(0);
        expect(waitingIn(next)).toBeLessThanOrEqual(waitingIn(run));
        if (isEnded(run)) expect(next).toEqual(run);
        if (next.phase === 'done') expect(waitingIn(next)).toBe(0);
        if (next.phase === 'cancelled' && run.phase !== 'cancelled') {
          expect(event.kind).toBe('cancel');
        }
        run = next;
      }
    }),
  );
});

test('a run that is cut short anywhere and taken up again ends done', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(3)), (total, cuts) => {
      let run = planned(total);
      for (const settled of [...cuts, total]) {
        run = step(run, { kind: 'start' });
        for (let i = 0; i < settled; i++) run = step(run, { kind: 'settle', as: 'done' });
      }
      expect(run).toEqual({ phase: 'done', total, done: total, failed: 0 });
    }),
  );
});

test('a paused run takes the item that was in hand, and is done when that was the last', () => {
  const run = step(planned(2), { kind: 'start' });
  const paused = step(run, { kind: 'pause' });
  const one = step(paused, { kind: 'settle', as: 'done' });
  expect(one).toMatchObject({ phase: 'paused', done: 1 });
  expect(step(one, { kind: 'settle', as: 'failed' })).toMatchObject({ phase: 'done', failed: 1 });
});

test('a run whose last items were taken out ends when it is taken up', () => {
  const empty = step(step(planned(3), { kind: 'pause' }), { kind: 'drop', items: 3 });
  expect(empty.phase).toBe('paused');
  expect(step(empty, { kind: 'start' }).phase).toBe('done');
});
