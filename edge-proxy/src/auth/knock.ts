import { addressOf } from '../http/app.ts';
import { Refused } from '../http/problem.ts';
import { house } from '../http/signing.ts';

/** Counts an attempt to guess a secret. @throws Refused when there were too many from there */
export async function knock(env: Env, request: Request): Promise<void> {
  const retryAfterMs = await house(env).knock(addressOf(request));
  if (retryAfterMs > 0) throw new Refused('rate_limited', { retryAfterMs });
}
