/** The session cookie: which user's object, which session, and our signature over both. */
import { toBase64Url } from '../http/base64.ts';
import { isSigned, sign } from '../http/signing.ts';

const name = '__Host-session';
const seconds = 30 * 24 * 3600;
const attributes = 'Path=/; HttpOnly; Secure; SameSite=Strict';

export interface SessionName {
  readonly accountId: string;
  /** SHA-256 of the cookie's secret half: what the account stores. */
  readonly sessionId: string;
}

async function hashed(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return toBase64Url(new Uint8Array(digest));
}

export async function newSession(
  env: Env,
  accountId: string,
): Promise<{ readonly sessionId: string; readonly cookie: string }> {
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const value = `${accountId}.${secret}`;
  const mac = await sign(env, 'session', value);
  return {
    sessionId: await hashed(secret),
    cookie: `${name}=${value}.${mac}; Max-Age=${seconds}; ${attributes}`,
  };
}

export const clearedCookie = `${name}=; Max-Age=0; ${attributes}`;

/** @returns null for anything that we did not sign. */
export async function readSession(env: Env, header: string | null): Promise<SessionName | null> {
  const found = /(?:^|;\s*)__Host-session=([0-9a-f]{64})\.([\w-]{43})\.([\w-]{43})(?:;|$)/.exec(
    header ?? '',
  );
  if (found === null) return null;
  const [, accountId, secret, mac] = found as unknown as [string, string, string, string];
  if (!(await isSigned(env, 'session', `${accountId}.${secret}`, mac))) return null;
  return { accountId, sessionId: await hashed(secret) };
}
