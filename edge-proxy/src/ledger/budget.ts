/** Limits on calls and money: pure comparisons, so that both Durable Objects decide alike. */

export interface Limits {
  readonly userDayMicros: number;
  readonly userMonthMicros: number;
  readonly totalMonthMicros: number;
  readonly callsUserPerMinute: number;
  readonly callsTotalPerHour: number;
  readonly callsAddressPerDay: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Refusal =
  | { readonly code: 'over_budget' }
  | { readonly code: 'rate_limited'; readonly retryAfterMs: number };

/** UTC midnight that begins the day of `now`, and of the month of `now`. */
export function dayStart(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

export function monthStart(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

export interface UserSpend {
  readonly dayMicros: number;
  readonly monthMicros: number;
  readonly callsLastMinute: number;
}

/** @returns why one more call of `micros` may not be reserved for this user, or null. */
export function refuseUser(limits: Limits, spend: UserSpend, micros: number): Refusal | null {
  if (spend.callsLastMinute >= limits.callsUserPerMinute) {
    return { code: 'rate_limited', retryAfterMs: MINUTE };
  }
  const overDay = spend.dayMicros + micros > limits.userDayMicros;
  const overMonth = spend.monthMicros + micros > limits.userMonthMicros;
  return overDay || overMonth ? { code: 'over_budget' } : null;
}

export interface HouseSpend {
  readonly monthMicros: number;
  readonly callsLastHour: number;
  readonly addressCallsToday: number;
}

/** @returns why the whole installation may not take one more call of `micros`, or null. */
export function refuseHouse(
  limits: Limits,
  spend: HouseSpend,
  micros: number,
  addressAllowed: boolean,
  now: number,
): Refusal | null {
  if (!addressAllowed && spend.addressCallsToday >= limits.callsAddressPerDay) {
    return { code: 'rate_limited', retryAfterMs: dayStart(now) + DAY - now };
  }
  if (spend.callsLastHour >= limits.callsTotalPerHour) {
    return { code: 'rate_limited', retryAfterMs: HOUR };
  }
  return spend.monthMicros + micros > limits.totalMonthMicros ? { code: 'over_budget' } : null;
}
