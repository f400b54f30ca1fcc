import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Age,
  KEEP_FOR_EVER,
  RETENTION_RANGES,
  readRetention,
  retentionVerdict,
} from './retention.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const kept = (daysAgo: number, remindedDaysAgo: number | null = null): Age => ({
  keptSince: NOW - daysAgo * DAY,
  remindedAt: remindedDaysAgo === null ? null : NOW - remindedDaysAgo * DAY,
});
const verdict = (age: Age) => retentionVerdict(age, 30, 7, NOW);

describe('kept for 30 days, with a week’s notice', () => {
  test('young things stay, without a word', () => {
    expect(verdict(kept(0))).toEqual({ kind: 'keep' });
    expect(verdict(kept(22.9))).toEqual({ kind: 'keep' });
  });
  test('a week before, the user is to be told', () => {
    expect(verdict(kept(23))).toEqual({ kind: 'remind', removeAt: NOW + 7 * DAY });
  });
  test('then it waits, and goes when both times are over', () => {
    expect(verdict(kept(25, 2))).toEqual({ kind: 'wait', removeAt: NOW + 5 * DAY });
    expect(verdict(kept(30, 7))).toEqual({ kind: 'remove' });
  });
  test('after a year in a drawer it is told first, and has its week', () => {
    expect(verdict(kept(365))).toEqual({ kind: 'remind', removeAt: NOW + 7 * DAY });
    expect(verdict(kept(365, 6))).toEqual({ kind: 'wait', removeAt: NOW + DAY });
    expect(verdict(kept(365, 7))).toEqual({ kind: 'remove' });
  });
  test('a clock that was set back removes nothing', () => {
    expect(verdict(kept(-400, -400))).toEqual({ kind: 'keep' });
    expect(verdict(kept(40, -1))).toMatchObject({ kind: 'remind' });
  });
});

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const days = fc.integer(RETENTION_RANGES.days);
const notice = fc.integer(RETENTION_RANGES.noticeDays);
const age = fc.record({ keptSince: time, remindedAt: fc.option(time) });

test('nothing is removed without a reminder shown at least the notice ago', () => {
  fc.assert(
    fc.property(age, days, notice, time, (one, kept, noticed, now) => {
      if (retentionVerdict(one, kept, noticed, now).kind !== 'remove') return;
      expect(one.remindedAt).not.toBeNull();
      expect(now - (one.remindedAt ?? now)).toBeGreaterThanOrEqual(noticed * DAY);
      expect(now - one.keptSince).toBeGreaterThanOrEqual(kept * DAY);
    }),
  );
});

test('for ever is for ever', () => {
  fc.assert(
    fc.property(age, notice, time, (one, noticed, now) => {
      expect(retentionVerdict(one, null, noticed, now)).toEqual({ kind: 'keep' });
    }),
  );
});

test('any life of a thing: looked at now and then, it is told, waits its notice, then goes', () => {
  const visits = fc.array(fc.integer({ min: 0, max: 400 * DAY }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(time, days, notice, visits, (born, kept, noticed, gaps) => {
      let now = born;
      let one: Age = { keptSince: born, remindedAt: null };
      let promised: number | null = null;
      for (const gap of gaps) {
        now += gap;
        const found = retentionVerdict(one, kept, noticed, now);
        if (found.kind === 'remind') {
          expect(promised).toBeNull();
          expect(found.removeAt).toBeGreaterThanOrEqual(now + noticed * DAY);
          promised = found.removeAt;
          one = { ...one, remindedAt: now };
        } else if (found.kind === 'wait') {
          expect(found.removeAt).toBe(promised);
          expect(now).toBeLessThan(found.removeAt);
        } else if (found.kind === 'remove') {
          expect(promised).not.toBeNull();
          expect(now).toBeGreaterThanOrEqual(promised ?? 0);
          return;
        } else {
          expect(promised).toBeNull();
        }
      }
    }),
  );
});

test('a stored setting is put right', () => {
  expect(readRetention(undefined)).toEqual(KEEP_FOR_EVER);
  expect(readRetention({ variantDays: 'soon', photoDays: Number.NaN })).toEqual(KEEP_FOR_EVER);
  expect(readRetention({ variantDays: 0, photoDays: 1e9, noticeDays: -3 })).toEqual({
    variantDays: 1,
    photoDays: 3650,
    noticeDays: 1,
  });
});
