/**
 * Who may call. Everything needs a session, except the exact routes listed here; a path in any
 * other spelling is not on the list. `AUTH=off` opens the door for loopback hosts only.
 */
import type { MiddlewareHandler } from 'hono';
import type { AppEnv, Visitor } from '../http/app.ts';
import { Refused } from '../http/problem.ts';
import { readSession } from './cookie.ts';

const open: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', /^\/api\/health$/],
  ['POST', /^\/api\/session$/],
  ['POST', /^\/api\/session\/new-password$/],
  ['POST', /^\/api\/session\/code$/],
  // These prove themselves by a signature.
  ['POST', /^\/api\/webhooks\/[a-z-]+$/],
  ['GET', /^\/api\/uploads\/[0-9a-f-]{36}$/],
  ['GET', /^\/api\/shares\/[\w.-]+$/],
];

/** Vendors are no browsers: they send no Origin and no cookie. */
const webhook = /^\/api\/webhooks\/[a-z-]+$/;

/** Its own call to the account proves the session: one way there instead of two. */
function isProvedLater(request: Request, path: string): boolean {
  return request.method === 'POST' && path === '/api/generations';
}

const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** True when both the URL and the raw Host header name this machine, in their plain spelling. */
function isLoopback(request: Request): boolean {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return loopbackHost.test(new URL(request.url).host) && loopbackHost.test(host);
}

export function isAuthOff(env: Env, request: Request): boolean {
  return env.AUTH === 'off' && isLoopback(request);
}

/** Cross-site requests may not change anything: cookies are Strict, and this does not rely on it. */
function refuseForeign(request: Request, path: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || webhook.test(path)) return;
  const { origin } = new URL(request.url);
  const site = request.headers.get('sec-fetch-site');
  const from = request.headers.get('origin');
  if (from !== origin || (site !== null && site !== 'same-origin')) throw new Refused('forbidden');
}

async function visitorOf(env: Env, request: Request, path: string): Promise<Visitor | null> {
  if (isAuthOff(env, request)) {
    const account = env.ACCOUNT.get(env.ACCOUNT.idFromName('local'));
    return { email: 'local', account, unproven: null };
  }
  const session = await readSession(env, request.headers.get('cookie'));
  if (session === null) return null;
  const account = env.ACCOUNT.get(env.ACCOUNT.idFromString(session.accountId));
  if (isProvedLater(request, path)) return { email: '', account, unproven: session.sessionId };
  const known = await account.session(session.sessionId);
  return known === null ? null : { email: known.email, account, unproven: null };
}

export const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
  // The raw path: decoding happens after this decision, never before it.
  const path = new URL(c.req.url).pathname;
  const free = open.some(([method, rule]) => method === c.req.method && rule.test(path));
  if (!free) {
    const visitor = await visitorOf(c.env, c.req.raw, path);
    if (visitor === null) throw new Refused('signed_out');
    c.set('visitor', visitor);
  }
  refuseForeign(c.req.raw, path);
  await next();
};
