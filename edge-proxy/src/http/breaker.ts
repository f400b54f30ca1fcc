/**
 * One breaker per vendor and isolate: after `threshold` failures in a row nothing goes out for
 * `pauseMs`, then a single probe decides. Retries live on a budget (a tenth of the requests), so
 * that an outage is not answered with a storm.
 */
const threshold = 5;
const pauseMs = 30_000;
const retryShare = 0.1;
const mostSaved = 5;

interface State {
  failures: number;
  openUntil: number;
  probing: boolean;
  retryBudget: number;
}

const states = new Map<string, State>();

function stateOf(vendor: string): State {
  let state = states.get(vendor);
  if (state === undefined) {
    state = { failures: 0, openUntil: 0, probing: false, retryBudget: 1 };
    states.set(vendor, state);
  }
  return state;
}

/** @returns ms until the vendor may be tried again; 0 lets the request out. */
export function admit(vendor: string, now: number): number {
  const state = stateOf(vendor);
  if (state.openUntil > now) return state.openUntil - now;
  if (state.failures >= threshold) {
    if (state.probing) return 1000;
    state.probing = true;
  }
  state.retryBudget = Math.min(mostSaved, state.retryBudget + retryShare);
  return 0;
}

export function succeeded(vendor: string): void {
  const state = stateOf(vendor);
  state.failures = 0;
  state.openUntil = 0;
  state.probing = false;
}

export function failed(vendor: string, now: number): void {
  const state = stateOf(vendor);
  state.failures += 1;
  state.probing = false;
  if (state.failures >= threshold) state.openUntil = now + pauseMs;
}

/** Takes one retry from the budget. */
export function mayRetry(vendor: string, now: number): boolean {
  const state = stateOf(vendor);
  if (state.openUntil > now || state.retryBudget < 1) return false;
  state.retryBudget -= 1;
  return true;
}

/** Forgets every vendor's past; for tests. */
export function resetBreakers(): void {
  states.clear();
}
