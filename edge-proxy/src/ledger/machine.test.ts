import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../contract.ts';
import { type Limits, refuseHouse, refuseUser } from './budget.ts';
import { advance, debit, type Evidence } from './machine.ts';

const evidence: readonly Evidence[] = [
  ...(['send', 'turned-away', 'accepted', 'charged', 'not-charged', 'lost'] as const),
];
const histories = fc.array(fc.constantFrom(...evidence), { maxLength: 30 });

function play(history: readonly Evidence[]): Payment[] {
  const states: Payment[] = ['reserved'];
  for (const learnt of history) {
    const next = advance(states.at(-1)!, learnt);
    if (next !== null) states.push(next);
  }
  return states;
}

describe('the payment machine', () => {
  it('never leaves settled', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const states = play(history);
        const first = states.indexOf('settled');
        expect(first === -1 || first === states.length - 1).toBe(true);
      }),
    );
  });

  it('never goes out a second time unless the vendor turned the first one away', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let state: Payment = 'reserved';
        let mayHave = false;
        for (const learnt of history) {
          const next = advance(state, learnt);
          if (next === null) continue;
          if (learnt === 'send') {
            expect(mayHave).toBe(false);
            mayHave = true;
          }
          if (learnt === 'turned-away') mayHave = false;
          state = next;
        }
      }),
    );
  });

  it('holds the reserve for as long as the outcome is open', () => {
    expect(debit('reserved', 7, 0)).toBe(7);
    expect(debit('sent', 7, 0)).toBe(7);
    expect(debit('unknown', 7, 0)).toBe(7);
    expect(debit('settled', 7, 5)).toBe(5);
    expect(debit('released', 7, 0)).toBe(0);
  });
});

describe('limits', () => {
  const limits: Limits = {
    userDayMicros: 100,
    userMonthMicros: 150,
    totalMonthMicros: 1000,
    callsUserPerMinute: 3,
    callsTotalPerHour: 10,
    callsAddressPerDay: 5,
  };

  it('lets spend reach a cap exactly and never pass it', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (day, month, micros) => {
        const spend = { dayMicros: day, monthMicros: month, callsLastMinute: 0 };
        const fits = day + micros <= 100 && month + micros <= 150;
        expect(refuseUser(limits, spend, micros) === null).toBe(fits);
      }),
    );
  });

  it('counts calls by user, by hour and by address, and knows the allow-list', () => {
    const user = { dayMicros: 0, monthMicros: 0, callsLastMinute: 3 };
    expect(refuseUser(limits, user, 1)).toEqual({ code: 'rate_limited', retryAfterMs: 60_000 });
    const house = { monthMicros: 0, callsLastHour: 0, addressCallsToday: 5 };
    const noon = Date.UTC(2026, 10, 21, 12);
    expect(refuseHouse(limits, house, 1, false, noon)).toEqual({
      code: 'rate_limited',
      retryAfterMs: 12 * 3_600_000,
    });
    expect(refuseHouse(limits, house, 1, true, noon)).toBeNull();
    const busy = { ...house, addressCallsToday: 0, callsLastHour: 10 };
    expect(refuseHouse(limits, busy, 1, true, noon)?.code).toBe('rate_limited');
  });
});
