import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostName } from '../../doubles/types.ts';
import { forgetLearnt } from '../catalogue/learnt.ts';
import { resetBreakers } from '../http/breaker.ts';
import { house } from '../http/signing.ts';
import { control, generate } from '../testing/client.ts';

/** A model that takes words alone, by the host that plays its vendor. */
const models = {
  replicate: 'replicate-qwen-image',
  openai: 'gpt-image-2',
  gemini: 'gemini-3.1-flash-image',
  stability: 'stability-core',
  bedrock: 'bedrock-core',
  bfl: 'bfl-flux-2-pro',
  recraft: 'recraft-v3',
  modal: 'self-hosted-qwen-image',
} as const satisfies Partial<Record<HostName, string>>;
const hosts = Object.keys(models) as (keyof typeof models)[];

const ask = (host: keyof typeof models, wait = 20) =>
  generate({ model: models[host], task: 'create', prompt: 'a red kite' }, { wait });

const posts = async (host: HostName): Promise<number> =>
  (await control.requests(host)).filter(({ method }) => method === 'POST').length;

beforeEach(async () => {
  await control.reset();
  resetBreakers();
  // A model that a vendor did not know has ended for all later calls.
  for (const id of Object.keys(await house(env).modelStates())) await house(env).forgetModel(id);
  forgetLearnt();
});

describe.each(hosts)('%s', (host) => {
  it.each(['input', 'output'] as const)('declines: moderated, not failed (%s)', async (stage) => {
    await control.fault({ host, method: 'POST', fault: { kind: 'moderate', stage } });
    const { generation } = await ask(host);
    expect(generation.state).toBe('moderated');
    expect(generation.error).toMatchObject({ code: 'moderated' });
    expect(generation.outputs).toEqual([]);
    const billed = await control.total(host);
    expect(generation.payment).toBe(billed > 0 ? 'settled' : 'released');
  });

  it('refuses: released, in our own words, after one request', async () => {
    for (const status of [400, 401, 402, 422, 404] as const) {
      await control.reset();
      resetBreakers();
      const fault = { kind: 'status', when: 'before', status } as const;
      await control.fault({ host, method: 'POST', times: 0, fault });
      const { generation } = await ask(host);
      expect([generation.state, generation.payment], `${status}`).toEqual(['failed', 'released']);
      expect(generation.error?.code, `${status}`).toMatch(
        status === 401
          ? /^provider_auth$/
          : /^(?:invalid_input|provider_billing|provider_auth|model_gone|provider_failed)$/,
      );
      expect(await posts(host)).toBe(1);
    }
  });

  it('breaks: never asked a second time', async () => {
    const fault = { kind: 'status', when: 'after', status: 500 } as const;
    await control.fault({ host, method: 'POST', times: 0, fault });
    const { generation } = await ask(host, 2);
    expect(['sent', 'unknown', 'settled']).toContain(generation.payment);
    expect(await posts(host)).toBe(1);
  });
});
