import { Hono } from 'hono';
import type { AppEnv } from '../http/app.ts';
import { mostJsonBytes, readLimited } from '../http/body.ts';
import { Refused } from '../http/problem.ts';
import { isSigned } from '../http/signing.ts';
import { replicateSecret } from './replicate-secret.ts';
import { bflMessage, standardMessage } from './verify.ts';

/** Inputs are echoed in the body, so it may be larger than our own requests. */
const mostBytes = 16 * mostJsonBytes;

/** @returns the id of a genuine message, else null. */
async function messageOf(
  env: Env,
  vendor: string,
  headers: Headers,
  body: string,
): Promise<string | null> {
  switch (vendor) {
    case 'replicate': {
      const secret = await replicateSecret(env);
      return secret === null ? null : standardMessage(secret, headers, body);
    }
    case 'bfl':
      return env.BFL_WEBHOOK_SECRET ? bflMessage(env.BFL_WEBHOOK_SECRET, headers, body) : null;
    case 'self-hosted': {
      const secret = env.SELF_HOSTED_WEBHOOK_SECRET;
      return secret ? standardMessage(secret, headers, body) : null;
    }
    default:
      return null;
  }
}

/** Our own token in the address says whose job it is; the vendor's signature says it is news. */
export const webhooks = new Hono<AppEnv>().post('/:vendor', async (c) => {
  const token = /^([0-9a-f]{64})\.([0-9a-f-]{36})\.([\w-]{43})$/.exec(c.req.query('job') ?? '');
  if (token === null) throw new Refused('forbidden');
  const [, accountId, job, mac] = token as unknown as [string, string, string, string];
  if (!(await isSigned(c.env, 'webhook', `${accountId}.${job}`, mac)))
    throw new Refused('forbidden');
  const body = new TextDecoder().decode(await readLimited(c.req.raw, mostBytes));
  const vendor = c.req.param('vendor');
  const message = await messageOf(c.env, vendor, c.req.raw.headers, body);
  const id = message === null ? null : idIn(body);
  if (message === null || id === null) throw new Refused('forbidden');
  const account = c.env.ACCOUNT.get(c.env.ACCOUNT.idFromString(accountId));
  await account.hear(job, `${vendor}:${message}`, { id });
  return c.body(null, 204);
});

function idIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    const id = (value as { id?: unknown } | null)?.id;
    return typeof id === 'string' && /^[\w-]{1,128}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}
