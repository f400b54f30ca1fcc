/** Signing in, in up to three steps, and out; what a user changes is in own-account.ts. */
import { Hono } from 'hono';
import type { CodeSource, SessionAnswer } from '../../contract.ts';
import {
  answerCode,
  codeSources,
  type SignIn,
  setNewPassword,
  signIn,
  signOutEverywhere,
} from '../auth/cognito.ts';
import { clearedCookie, newSession } from '../auth/cookie.ts';
import { knock } from '../auth/knock.ts';
import { refuseKnownWords } from '../auth/password.ts';
import type { AppEnv } from '../http/app.ts';
import { fromBase64, toBase64 } from '../http/base64.ts';
import { readFields } from '../http/body.ts';
import { noteEvent } from '../http/log.ts';
import { Refused } from '../http/problem.ts';
import { ownAccount } from './own-account.ts';

/** @param email as it was typed */
async function answer(env: Env, result: SignIn, email: string): Promise<Response> {
  if (result.kind === 'new-password') {
    const challenge = sealed(result.username, result.session, email);
    return Response.json({ state: 'new-password-required', challenge } satisfies SessionAnswer);
  }
  if (result.kind === 'code') {
    const { from } = result;
    const challenge = sealed(result.username, result.session, email, from);
    return Response.json({ state: 'code-required', challenge, from } satisfies SessionAnswer);
  }
  const id = env.ACCOUNT.idFromName(result.sub);
  const { sessionId, cookie } = await newSession(env, id.toString());
  await env.ACCOUNT.get(id).openSession(sessionId, result.email, result.tokens);
  noteEvent('signed-in', { account: id.toString() });
  const body: SessionAnswer = { state: 'signed-in', email: result.email };
  return Response.json(body, { headers: { 'set-cookie': cookie } });
}

/** What the next step needs, on its way through the page; Cognito checks its own session in it. */
const sealed = (...parts: readonly string[]): string =>
  toBase64(new TextEncoder().encode(JSON.stringify(parts)));

function readChallenge(
  text: string,
): readonly [username: string, session: string, email: string, from: string] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64(text)));
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) {
      const [username, session, email, from = ''] = value as string[];
      if (username && session && email) return [username, session, email, from];
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
    const result = await signIn(c.env, email as string, password as string);
    return answer(c.env, result, email as string);
  })
  .post('/new-password', async (c) => {
    const body = await readFields(c.req.raw, { challenge: 'string', password: 'string' });
    await knock(c.env, c.req.raw);
    const [username, state, email] = readChallenge(body.challenge as string);
    const password = body.password as string;
    refuseKnownWords(password, email);
    return answer(c.env, await setNewPassword(c.env, username, state, password), email);
  })
  .post('/code', async (c) => {
    const body = await readFields(c.req.raw, { challenge: 'string', code: 'string' });
    await knock(c.env, c.req.raw);
    const [username, state, email, from] = readChallenge(body.challenge as string);
    if (!codeSources.includes(from as CodeSource)) {
      throw new Refused('invalid_input', { field: 'challenge' });
    }
    const code = (body.code as string).trim();
    return answer(c.env, await answerCode(c.env, username, state, from as CodeSource, code), email);
  })
  .route('/', ownAccount)
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
