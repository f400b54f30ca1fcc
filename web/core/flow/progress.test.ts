import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createProgressMeter } from './progress.ts';

test('before the first item there is no rate and no time left', () => {
  expect(createProgressMeter(5, () => 0).read()).toEqual({
    done: 0,
    total: 5,
    rate: null,
    secondsLeft: null,
  });
});

test('time left follows the recent rate, not a slow start', () => {
  let clock = 0;
  const meter = createProgressMeter(100, () => clock, 4);
  clock = 60_000;
  meter.advance();
  for (let i = 0; i < 9; i++) {
    clock += 1000;
    meter.advance();
  }
  expect(meter.read()).toMatchObject({ done: 10, rate: 1, secondsLeft: 90 });
});

test('an even pace is predicted exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5000 }), (n, step) => {
      let clock = 0;
      const meter = createProgressMeter(n, () => clock);
      for (let i = 0; i < n; i++) {
        clock += step;
        const { done, secondsLeft } = meter.advance();
        expect(secondsLeft).toBeCloseTo(((n - done) * step) / 1000, 6);
      }
      expect(meter.read().done).toBe(n);
    }),
  );
});

test('a job that is taken up again counts what was done and measures what it does', () => {
  let clock = 0;
  const meter = createProgressMeter(10, () => clock, 12, 6);
  expect(meter.read()).toEqual({ done: 6, total: 10, rate: null, secondsLeft: null });
  clock = 2000;
  expect(meter.advance()).toEqual({ done: 7, total: 10, rate: 0.5, secondsLeft: 6 });
});
