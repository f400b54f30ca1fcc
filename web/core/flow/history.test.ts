import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amend, HISTORY_LIMIT, record, redo, startHistory, undo } from './history.ts';

test('undo and redo walk through what was recorded', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 50 }), (steps) => {
      let history = startHistory(-1);
      for (const step of steps) history = record(history, step);
      const seen: number[] = [];
      for (const _ of steps) {
        seen.unshift(history.present);
        history = undo(history);
      }
      expect(seen).toEqual(steps);
      expect(history.present).toBe(-1);
      expect(undo(history)).toBe(history);
      for (const step of steps) {
        history = redo(history);
        expect(history.present).toBe(step);
      }
      expect(redo(history)).toBe(history);
    }),
  );
});

test('recording after undo forgets what had been undone', () => {
  let history = record(record(startHistory('a'), 'b'), 'c');
  history = record(undo(history), 'd');
  expect(redo(history).present).toBe('d');
  expect(undo(history).present).toBe('b');
});

test('amending makes no step of its own', () => {
  const history = amend(amend(record(startHistory(0), 1), 2), 3);
  expect(history.present).toBe(3);
  expect(undo(history).present).toBe(0);
});

test('the oldest steps go when there are too many', () => {
  let history = startHistory(0);
  for (let i = 1; i <= HISTORY_LIMIT + 10; i++) history = record(history, i);
  for (let i = 0; i < HISTORY_LIMIT + 10; i++) history = undo(history);
  expect(history.present).toBe(10);
});
