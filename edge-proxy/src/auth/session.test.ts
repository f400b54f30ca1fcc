import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { resetBreakers } from '../http/breaker.ts';
import { call, control } from '../testing/client.ts';

/** AUTH=off does not count here: the host is no loopback name. */
const at = 'https://proxy.test';
const password = 'Correct-horse-1';

let visitors = 0;
/** Every sign-in from its own address: attempts are counted by address. */
const signIn = (email: string, given = password) => {
  visitors += 1;
  const headers = { 'cf-connecting-ip': `192.0.2.${visitors}` };
  return call('/api/session', { method: 'POST', at, headers, json: { email, password: given } });
};

const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0]!;

describe('sessions', () => {
  beforeAll(() => {
    resetBreakers();
    return control.reset();
  });

  it('signs in, says who, signs out everywhere', async () => {
    const first = await signIn('ada@example.test');
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ state: 'signed-in', email: 'ada@example.test' });
    const cookie = cookieOf(first);
    const other = cookieOf(await signIn('ada@example.test'));
    const me = await call('/api/session', { at, headers: { cookie } });
    expect(await me.json()).toMatchObject({ email: 'ada@example.test' });
    const gone = await call('/api/session', { method: 'DELETE', at, headers: { cookie } });
    expect(gone.status).toBe(204);
    for (const old of [cookie, other]) {
      expect((await call('/api/session', { at, headers: { cookie: old } })).status).toBe(401);
      const paid = await call('/api/generations', {
        method: 'POST',
        at,
        json: { model: 'gpt-image-2', task: 'create', prompt: 'not mine any more' },
        headers: { cookie: old, 'idempotency-key': crypto.randomUUID() },
      });
      expect(paid.status).toBe(401);
    }
  });

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const header = (await signIn('ada@example.test')).headers.get('set-cookie')!;
    for (const flag of ['__Host-session=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) {
      expect(header).toContain(flag);
    }
    expect(header).not.toContain('Domain');
    expect(header).not.toContain('eyJ');
  });

  it('gives one answer for a wrong password and for an unknown user', async () => {
    const wrong = await signIn('bob@example.test', 'not-this-1');
    const unknown = await signIn('nobody@example.test');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('makes a new user choose a password first', async () => {
    const first = (await (await signIn('eve@example.test', 'Temporary-1')).json()) as {
      state: string;
      challenge: string;
    };
    expect(first.state).toBe('new-password-required');
    const chosen = await call('/api/session/new-password', {
      method: 'POST',
      at,
      json: { challenge: first.challenge, password: 'Brand-new-pass-9' },
    });
    expect(await chosen.json()).toMatchObject({ state: 'signed-in', email: 'eve@example.test' });
    expect((await signIn('eve@example.test', 'Brand-new-pass-9')).status).toBe(200);
  });

  it('refreshes silently when the access token is about to end', async () => {
    const cookie = cookieOf(await signIn('bob@example.test'));
    const account = env.ACCOUNT.get(env.ACCOUNT.idFromString(cookie.split('=')[1]!.split('.')[0]!));
    const { runInDurableObject } = await import('cloudflare:test');
    const tokens = (): Promise<{ access: string; until: number }> =>
      runInDurableObject(account, (_object, state) => {
        const row = state.storage.sql.exec('SELECT * FROM sessions').one();
        return { access: row.access_token as string, until: row.access_expires_at as number };
      });
    await runInDurableObject(account, (_object, state) => {
      state.storage.sql.exec('UPDATE sessions SET access_expires_at = 0');
    });
    expect((await call('/api/session', { at, headers: { cookie } })).status).toBe(200);
    expect((await tokens()).until).toBeGreaterThan(Date.now());
  });

  it('does not accept a cookie that was touched or made by others', async () => {
    const cookie = cookieOf(await signIn('ada@example.test'));
    const [name, value] = cookie.split('=') as [string, string];
    const [account, secret, mac] = value.split('.') as [string, string, string];
    const forged = [
      `${account}.${secret}.${'A'.repeat(43)}`,
      `${'0'.repeat(64)}.${secret}.${mac}`,
      `${account}.${'A'.repeat(43)}.${mac}`,
      `${account}.${secret}`,
      `${account}.${secret}.${mac}x`,
      '',
    ];
    for (const bad of forged) {
      const response = await call('/api/usage', { at, headers: { cookie: `${name}=${bad}` } });
      expect(response.status).toBe(401);
    }
  });

  it('keeps one user out of what belongs to another', async () => {
    const ada = cookieOf(await signIn('ada@example.test'));
    const bob = cookieOf(await signIn('bob@example.test'));
    const made = await call('/api/generations', {
      method: 'POST',
      at,
      json: { model: 'gpt-image-2', task: 'create', prompt: 'mine' },
      headers: { cookie: ada, 'idempotency-key': crypto.randomUUID(), prefer: 'wait=20' },
    });
    const { id } = (await made.json()) as { id: string };
    const path = `/api/generations/${id}`;
    expect((await call(`${path}/outputs/0`, { at, headers: { cookie: ada } })).status).toBe(200);
    for (const [method, stolen] of [
      ['GET', path],
      ['GET', `${path}/outputs/0`],
      ['POST', `${path}/cancel`],
    ] as const) {
      expect((await call(stolen, { method, at, headers: { cookie: bob } })).status).toBe(404);
    }
    const share = await call('/api/shares', {
      method: 'POST',
      at,
      json: { generation: id, output: 0 },
      headers: { cookie: bob },
    });
    expect(share.status).toBe(404);
    const list = await call('/api/generations', { at, headers: { cookie: bob } });
    expect(await list.json()).toEqual({ generations: [] });
  });

  it('slows down a guesser', async () => {
    const headers = { 'cf-connecting-ip': '198.51.100.7' };
    const attempt = () =>
      call('/api/session', {
        method: 'POST',
        at,
        headers,
        json: { email: 'bob@example.test', password: 'guess-guess-1' },
      });
    for (let n = 0; n < 10; n += 1) expect((await attempt()).status).toBe(401);
    const last = await attempt();
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
