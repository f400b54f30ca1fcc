/** What a signed-in user changes of the own account: the password, an authenticator app. */
import { type Context, Hono } from 'hono';
import type { AuthenticatorAnswer } from '../../contract.ts';
import { changePassword, confirmAuthenticator, newAuthenticator } from '../auth/cognito.ts';
import { readSession } from '../auth/cookie.ts';
import { knock } from '../auth/knock.ts';
import { refuseKnownWords } from '../auth/password.ts';
import type { AppEnv } from '../http/app.ts';
import { readFields } from '../http/body.ts';
import { noteEvent } from '../http/log.ts';
import { Refused } from '../http/problem.ts';

interface Own {
  readonly sessionId: string;
  readonly accessToken: string;
}

/** @throws Refused where nobody signs in (`AUTH=off`), or the session is over */
async function own(c: Context<AppEnv>): Promise<Own> {
  const session = await readSession(c.env, c.req.header('cookie') ?? null);
  if (session === null) throw new Refused('sign_in_not_configured');
  const { sessionId } = session;
  const accessToken = await c.var.visitor.account.accessToken(sessionId);
  if (accessToken === null) throw new Refused('signed_out');
  return { sessionId, accessToken };
}

const note = (c: Context<AppEnv>, event: string): void =>
  noteEvent(event, { account: c.var.visitor.account.id.toString() });

export const ownAccount = new Hono<AppEnv>()
  .post('/password', async (c) => {
    const body = await readFields(c.req.raw, { current: 'string', password: 'string' });
    await knock(c.env, c.req.raw);
    const { sessionId, accessToken } = await own(c);
    refuseKnownWords(body.password as string, c.var.visitor.email);
    await changePassword(c.env, accessToken, body.current as string, body.password as string);
    // Whoever knew the old one is out.
    await c.var.visitor.account.closeOtherSessions(sessionId);
    note(c, 'password-changed');
    return c.body(null, 204);
  })
  .post('/authenticator', async (c) => {
    const { accessToken } = await own(c);
    const secret = await newAuthenticator(c.env, accessToken);
    const label = encodeURIComponent(`Maskwright:${c.var.visitor.email}`);
    // github.com/google/google-authenticator/wiki/Key-Uri-Format
    const uri = `otpauth://totp/${label}?secret=${secret}&issuer=Maskwright`;
    return c.json({ secret, uri } satisfies AuthenticatorAnswer, 201);
  })
  .post('/authenticator/code', async (c) => {
    const { code } = await readFields(c.req.raw, { code: 'string' });
    await knock(c.env, c.req.raw);
    const { accessToken } = await own(c);
    await confirmAuthenticator(c.env, accessToken, (code as string).trim());
    note(c, 'authenticator-added');
    return c.body(null, 204);
  });
