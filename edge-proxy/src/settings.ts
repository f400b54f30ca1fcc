/** Variables as numbers and lists, with the defaults of wrangler.jsonc. */
import type { Limits } from './ledger/budget.ts';

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && text !== '' && Number.isFinite(value) && value >= 0
    ? value
    : fallback;
}

const micros = (text: string | undefined, fallback: number): number =>
  Math.round(positive(text, fallback) * 1_000_000);

export function limitsOf(env: Env): Limits {
  return {
    userDayMicros: micros(env.BUDGET_USER_DAY_USD, 5),
    userMonthMicros: micros(env.BUDGET_USER_MONTH_USD, 50),
    totalMonthMicros: micros(env.BUDGET_TOTAL_MONTH_USD, 200),
    callsUserPerMinute: positive(env.CALLS_USER_PER_MINUTE, 30),
    callsTotalPerHour: positive(env.CALLS_TOTAL_PER_HOUR, 2000),
    callsAddressPerDay: positive(env.CALLS_ADDRESS_PER_DAY, 500),
  };
}

/** Addresses that the per-address limit does not count. */
export function isAllowed(env: Env, address: string): boolean {
  return (env.ADDRESS_ALLOW_LIST ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .includes(address);
}

/** Where vendors reach this server, or null: then there are no webhooks and no links to inputs. */
export function publicOrigin(env: Env): string | null {
  const text = env.PUBLIC_ORIGIN ?? '';
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' ? url.origin : null;
}

/**
 * Factor on the waits between looks at a vendor: 1, except in tests, which have doubles and no
 * patience. Without doubles it does not count.
 */
export function paceOf(env: Env): number {
  const pace = positive(env.TEST_PACE, 1);
  return env.LOOPBACK_HOSTS && pace > 0 ? Math.min(1, pace) : 1;
}

export function resultDays(env: Env): number {
  return positive(env.RESULT_DAYS, 30);
}

export function awsRegion(env: Env): string {
  return env.AWS_REGION || 'us-west-2';
}
