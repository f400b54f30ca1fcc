import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { resetBreakers } from '../http/breaker.ts';
import { keyHeaders } from '../http/keys.ts';
import { control, generate } from '../testing/client.ts';

const request = { model: 'self-hosted-qwen-image', task: 'create', prompt: 'a kite' } as const;
const asked = async (method: string) =>
  (await control.requests('modal')).filter((one) => one.method === method);

describe('a generator of one’s own', () => {
  beforeEach(async () => {
    await control.reset();
    resetBreakers();
  });

  it('that takes long is followed hop by hop, with the key, after one POST', async () => {
    await control.fault({ host: 'modal', fault: { kind: 'hops', count: 4 } });
    const { generation } = await generate(request);
    expect(generation).toMatchObject({ state: 'succeeded', payment: 'settled' });
    expect(await asked('POST')).toHaveLength(1);
    const hops = (await asked('GET')).filter(({ url }) => url.includes('function_call_id'));
    expect(hops).toHaveLength(4);
    for (const { headers } of hops) expect(headers['modal-secret']).toBe('<modalSecret>');
    expect(await control.charges()).toHaveLength(1);
  });

  it('cannot lead elsewhere: of a redirect only the id of the call is taken', async () => {
    const to = `${env.OUTSIDE}/v1/generate?__modal_function_call_id=fc-1`;
    await control.fault({
      host: 'modal',
      method: 'POST',
      fault: { kind: 'redirect', status: 303, to },
    });
    await generate(request, { wait: 2 });
    expect(await control.requests('outside')).toEqual([]);
    const [hop] = await asked('GET');
    expect(hop?.url).toBe('/v1/generate?__modal_function_call_id=fc-1');
  });

  it.each([404, 429, 500])('is not asked a second time when a hop answers %i', async (status) => {
    await control.fault({ host: 'modal', method: 'POST', fault: { kind: 'hops', count: 2 } });
    await control.fault({
      host: 'modal',
      method: 'GET',
      path: '/v1/generate',
      times: 0,
      fault: { kind: 'status', when: 'before', status },
    });
    const { generation } = await generate(request, { wait: 20 });
    expect(generation).toMatchObject({ state: 'unknown', payment: 'unknown' });
    expect(await asked('POST')).toHaveLength(1);
  });

  it('takes a pair, a bearer, or both', () => {
    const none = { SELF_HOSTED_KEY: '', SELF_HOSTED_SECRET: '', SELF_HOSTED_BEARER: '' };
    const headers = (keys: Partial<Env>) => keyHeaders({ ...env, ...none, ...keys }, 'self-hosted');
    const pair = { SELF_HOSTED_KEY: 'wk-1', SELF_HOSTED_SECRET: 'ws-1' };
    const modal = { 'modal-key': 'wk-1', 'modal-secret': 'ws-1' };
    expect(headers(pair)).toEqual(modal);
    expect(headers({ SELF_HOSTED_BEARER: 'b' })).toEqual({ authorization: 'Bearer b' });
    expect(headers({ ...pair, SELF_HOSTED_BEARER: 'b' })).toEqual({
      ...modal,
      authorization: 'Bearer b',
    });
    expect(headers({ SELF_HOSTED_KEY: 'wk-1' })).toBeNull();
  });
});
