import { Hono } from 'hono';
import type { SessionAnswer } from '../../contract.ts';
import { type SignIn, setNewPassword, signIn, signOutEverywhere } from '../auth/cognito.ts';
import { clearedCookie, newSession } from '../auth/cookie.ts';
import { type AppEnv, addressOf } from '../http/app.ts';
import { fromBase64, toBase64 } from '../http/base64.ts';
import { readFields } from '../http/body.ts';
import { noteEvent } from '../http/log.ts';
import { Refused } from '../http/problem.ts';
import { house } from '../http/signing.ts';

async function knock(env: Env, request: Request): Promise<void> {
  const retryAfterMs = await house(env).knock(addressOf(request));
  if (retryAfterMs > 0) throw new Refused('rate_limited', { retryAfterMs });
}

async function answer(env: Env, result: SignIn): Promise<Response> {
  if (result.kind === 'new-password') {
    const state = JSON.stringify([result.username, result.session]);
    const challenge = toBase64(new TextEncoder().encode(state));
    return Response.json({ state: 'new-password-required', challenge } satisfies SessionAnswer);
  }
  const id = env.ACCOUNT.idFromName(result.sub);
  const { sessionId, cookie } = await newSession(env, id.toString());
  await env.ACCOUNT.get(id).openSession(sessionId, result.email, result.tokens);
  noteEvent('signed-in', { account: id.toString() });
  const body: SessionAnswer = { state: 'signed-in', email: result.email };
  return Response.json(body, { headers: { 'set-cookie': cookie } });
}

function readChallenge(text: string): readonly [username: string, session: string] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64(text)));
    if (Array.isArray(value) && value.length === 2 && value.every((v) => typeof v === 'string')) {
      return value as unknown as readonly [string, string];
    }
  } catch {
    // Not base64 or not JSON: refused below.
  }
  throw new Refused('invalid_input', { field: 'challenge' });
}

export const session = new Hono<AppEnv>()
  .post('/', async (c) => {
    const { email, password } = await readFields(c.req.raw, {
      email: 'string',
      password: 'string',
    });
    await knock(c.env, c.req.raw);
    return answer(c.env, await signIn(c.env, email as string, password as string));
  })
  .post('/new-password', async (c) => {
    const body = await readFields(c.req.raw, { challenge: 'string', password: 'string' });
    await knock(c.env, c.req.raw);
    const [username, state] = readChallenge(body.challenge as string);
    return answer(c.env, await setNewPassword(c.env, username, state, body.password as string));
  })
  .get('/', (c) =>
    c.json({ state: 'signed-in', email: c.var.visitor.email } satisfies SessionAnswer),
  )
  .delete('/', async (c) => {
    const accessToken = await c.var.visitor.account.closeSessions();
    noteEvent('signed-out', { account: c.var.visitor.account.id.toString() });
    // Our own sessions are gone already; Cognito may be told late or never.
    if (accessToken !== null) await signOutEverywhere(c.env, accessToken).catch(() => {});
    return c.body(null, 204, { 'set-cookie': clearedCookie });
  });
