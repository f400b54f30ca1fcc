import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuthenticatorAnswer, ErrorBody, SessionAnswer } from '../../contract.ts';
import { resetBreakers } from '../http/breaker.ts';
import { originOf } from '../http/hosts.ts';
import { call, control } from '../testing/client.ts';
import { totp } from '../testing/totp.ts';

/** AUTH=off does not count here: the host is no loopback name. */
const at = 'https://proxy.test';
const password = 'Correct-horse-1';

let visitors = 0;
/** Every attempt from its own address: attempts are counted by address. */
function post(path: string, json: object, cookie = ''): Promise<Response> {
  visitors += 1;
  const headers = { 'cf-connecting-ip': `198.51.100.${visitors}`, cookie };
  return call(path, { method: 'POST', at, headers, json });
}

const signIn = (name: string, given = password) =>
  post('/api/session', { email: `${name}@example.test`, password: given });

const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0]!;

const whoIs = async (cookie: string): Promise<number> =>
  (await call('/api/session', { at, headers: { cookie } })).status;

/** What was refused, by status and field. */
async function refusal(response: Response): Promise<unknown[]> {
  const { error } = (await response.json()) as ErrorBody;
  return [response.status, error.code, error.field];
}

/** Asks Cognito directly, as this signed-in user. */
async function asUser(cookie: string, operation: string, body: object): Promise<void> {
  const account = env.ACCOUNT.get(env.ACCOUNT.idFromString(cookie.split('=')[1]!.split('.')[0]!));
  const token = await runInDurableObject(
    account,
    (_object, state) =>
      state.storage.sql.exec('SELECT access_token FROM sessions').toArray()[0]!.access_token,
  );
  const response = await fetch(`${originOf(env, 'cognito')}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ AccessToken: token, ...body }),
  });
  expect(response.ok).toBe(true);
}

describe('the own account', () => {
  beforeAll(() => {
    resetBreakers();
    return control.reset();
  });

  it('changes the password, and whoever was signed in with the old one elsewhere is out', async () => {
    const here = cookieOf(await signIn('gil'));
    const elsewhere = cookieOf(await signIn('gil'));
    const change = (current: string, next: string) =>
      post('/api/session/password', { current, password: next }, here);
    const wrong = await refusal(await change('Wrong-horse-1', 'Brand-new-pass-9'));
    expect(wrong.slice(0, 2)).toEqual([422, 'invalid_input']);
    for (const known of ['My-Maskwright-1', 'Example-horse-1']) {
      expect(await refusal(await change(password, known))).toEqual([
        422,
        'invalid_input',
        'password',
      ]);
    }
    expect([await whoIs(here), await whoIs(elsewhere)]).toEqual([200, 200]);

    expect((await change(password, 'Brand-new-pass-9')).status).toBe(204);
    expect([await whoIs(here), await whoIs(elsewhere)]).toEqual([200, 401]);
    expect((await signIn('gil')).status).toBe(401);
    expect((await signIn('gil', 'Brand-new-pass-9')).status).toBe(200);
  });

  it('adds an authenticator app, and from then on a password alone opens nothing', async () => {
    const cookie = cookieOf(await signIn('fay'));
    const offered = await post('/api/session/authenticator', {}, cookie);
    const { secret, uri } = (await offered.json()) as AuthenticatorAnswer;
    expect(uri).toBe(
      `otpauth://totp/Maskwright%3Afay%40example.test?secret=${secret}&issuer=Maskwright`,
    );
    const confirm = (code: string) => post('/api/session/authenticator/code', { code }, cookie);
    expect(await refusal(await confirm('000000'))).toEqual([422, 'invalid_input', 'code']);
    expect((await confirm(await totp(secret))).status).toBe(204);

    const half = await signIn('fay');
    expect(half.headers.get('set-cookie')).toBeNull();
    const asked = (await half.json()) as Extract<SessionAnswer, { state: 'code-required' }>;
    expect(asked).toMatchObject({ state: 'code-required', from: 'app' });
    const answer = (challenge: string, code: string) =>
      post('/api/session/code', { challenge, code });
    const bad = await answer(asked.challenge, '000000');
    expect(await refusal(bad)).toEqual([422, 'invalid_input', 'code']);
    for (const challenge of ['', 'x', btoa('[]'), btoa('["a","b","c","d"]'), btoa('["a","b"]')]) {
      const refused = await refusal(await answer(challenge, '000000'));
      expect(refused).toEqual([422, 'invalid_input', 'challenge']);
    }
    const done = await answer(asked.challenge, ` ${await totp(secret)} `);
    expect(await done.json()).toEqual({ state: 'signed-in', email: 'fay@example.test' });
    expect(await whoIs(cookieOf(done))).toBe(200);

    // With a second way to get a code, the app is asked for all the same.
    await asUser(cookieOf(done), 'SetUserMFAPreference', { SMSMfaSettings: { Enabled: true } });
    expect(await (await signIn('fay')).json()).toMatchObject({
      state: 'code-required',
      from: 'app',
    });
  });

  it('changes nothing without a session', async () => {
    for (const [path, json] of [
      ['password', { current: password, password: 'Brand-new-pass-9' }],
      ['authenticator', {}],
      ['authenticator/code', { code: '000000' }],
    ] as const) {
      expect((await post(`/api/session/${path}`, json)).status).toBe(401);
    }
  });

  it('has no own account where nobody signs in', async () => {
    const response = await call('/api/session/authenticator', { method: 'POST', json: {} });
    expect((await refusal(response))[1]).toBe('sign_in_not_configured');
  });
});
