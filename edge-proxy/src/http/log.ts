/** Security events as one JSON line each. Never a prompt, an address, a key or vendor text. */
import type { Refused } from './problem.ts';

/** Refusals that somebody who watches the log wants to see. */
const watched = ['signed_out', 'forbidden', 'rate_limited'];

export function noteEvent(event: string, more: Readonly<Record<string, string>>): void {
  console.log(JSON.stringify({ event, ...more }));
}

/** @param route the pattern that matched, not the path that was asked for */
export function noteRefusal(refused: Refused, method: string, route: string): void {
  const { code } = refused.problem;
  if (watched.includes(code)) noteEvent('refused', { code, method, route });
}
