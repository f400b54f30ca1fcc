import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Generation } from '../../contract.ts';
import { resetBreakers } from '../http/breaker.ts';
import worker from '../index.ts';
import { call, control, generate } from '../testing/client.ts';

const secret = 'whsec_ZG91YmxlIHJlcGxpY2F0ZSB3ZWJob29r';
const site = 'https://proxy.test';

/** A job that runs until a test ends it, with its vendor id and the address it gave the vendor. */
async function runningJob(): Promise<{ id: string; vendorId: string; url: URL }> {
  await control.fault({ host: 'replicate', method: 'POST', fault: { kind: 'stuck' } });
  const { generation } = await generate(
    { model: 'replicate-qwen-image', task: 'create', prompt: `kite ${crypto.randomUUID()}` },
    { wait: 1 },
  );
  const [made] = await control.jobs('replicate');
  // An older job of this file may be asking about itself at the same time.
  const request = (await control.requests('replicate')).find(({ method }) => method === 'POST');
  const { webhook } = JSON.parse(request!.bodyText) as { webhook: string };
  return { id: generation.id, vendorId: made!.id, url: new URL(webhook) };
}

function signed(body: string, { at = Date.now(), key = secret, id = crypto.randomUUID() } = {}) {
  const date = new Date(at);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(key).sign(id, date, body),
    'content-type': 'application/json',
  };
}

const post = (url: URL, body: string, headers: Record<string, string>) =>
  call(url.pathname + url.search, {
    method: 'POST',
    at: site,
    body,
    headers: { ...headers, origin: '' },
  });

describe('webhooks', () => {
  beforeEach(async () => {
    await control.reset();
    resetBreakers();
  });

  it('ends a job with the page closed, whatever is delivered twice', async () => {
    const { id, vendorId, url } = await runningJob();
    await control.finishJob('replicate', vendorId);
    const body = JSON.stringify({ id: vendorId, status: 'succeeded' });
    const headers = signed(body);
    for (let n = 0; n < 3; n += 1) expect((await post(url, body, headers)).status).toBe(204);
    const read = async (): Promise<Generation> =>
      (await (await call(`/api/generations/${id}`)).json()) as Generation;
    await expect.poll(async () => (await read()).state, { timeout: 5000 }).toBe('succeeded');
    expect((await read()).settledMicros).toBe(await control.total('replicate'));
    expect((await post(url, body, signed(body))).status).toBe(204);
    expect((await read()).payment).toBe('settled');
  });

  it('accepts none of ten thousand forged, stale and replayed messages', {
    timeout: 90_000,
  }, async () => {
    const { id, vendorId, url } = await runningJob();
    const body = JSON.stringify({ id: vendorId, status: 'succeeded' });
    const wrongKey = `whsec_${btoa('not the secret of this vendor')}`;
    const now = Date.now();
    const good = signed(body);
    const forge: ((n: number) => readonly [URL, string, Record<string, string>])[] = [
      () => [url, body, signed(body, { key: wrongKey })],
      (n) => [url, body, signed(body, { at: now - 301_000 - n * 1000 })],
      (n) => [url, body, signed(body, { at: now + 301_000 + n * 1000 })],
      (n) => [url, `${body} ${n}`, good],
      (n) => [url, body, { ...good, 'webhook-id': `other-${n}` }],
      () => [url, body, { ...good, 'webhook-timestamp': String(Math.floor(now / 1000) - 5) }],
      (n) => [url, body, { ...good, 'webhook-signature': `v1,${btoa(`guess ${n}`)}` }],
      () => [url, body, { ...good, 'webhook-signature': '' }],
      () => [url, body, { 'content-type': 'application/json' }],
      (n) => [touched(url, n), body, signed(body)],
    ];
    let accepted = 0;
    for (let round = 0; round < 1000; round += 1) {
      const answers = await Promise.all(
        forge.map((make) => {
          const [address, body, headers] = make(round);
          const request = new Request(address, { method: 'POST', body, headers });
          return worker.fetch(request, env, createExecutionContext());
        }),
      );
      accepted += answers.filter((answer) => answer.status !== 403).length;
    }
    expect(accepted).toBe(0);
    const after = (await (await call(`/api/generations/${id}`)).json()) as Generation;
    expect(after.state).toBe('running');
  });

  it('does not let one job’s message speak for another', async () => {
    const first = await runningJob();
    await control.reset();
    const second = await runningJob();
    const body = JSON.stringify({ id: first.vendorId, status: 'succeeded' });
    expect((await post(second.url, body, signed(body))).status).toBe(204);
    const after = (await (await call(`/api/generations/${second.id}`)).json()) as Generation;
    expect(after.state).toBe('running');
    expect(after.outputs).toEqual([]);
  });

  it('knows BFL by its own signature', async () => {
    await control.fault({ host: 'bfl', method: 'POST', fault: { kind: 'stuck' } });
    const { generation } = await generate(
      { model: 'bfl-flux-2-pro', task: 'create', prompt: 'a kite' },
      { wait: 1 },
    );
    const [made] = await control.jobs('bfl');
    const request = (await control.requests('bfl')).find(({ method }) => method === 'POST');
    const sent = JSON.parse(request!.bodyText) as { webhook_url: string; webhook_secret: string };
    const url = new URL(sent.webhook_url);
    const body = JSON.stringify({ id: made!.id, status: 'Ready' });
    const mac = async (key: string): Promise<string> => {
      const made = await crypto.subtle.importKey(
        'raw',
        new TextEncoder().encode(key),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      );
      const bytes = await crypto.subtle.sign('HMAC', made, new TextEncoder().encode(body));
      return [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
    };
    for (const wrong of [await mac('other'), 'x', '']) {
      const headers = { 'x-bfl-signature': `sha256=${wrong}` };
      expect((await post(url, body, headers)).status).toBe(403);
    }
    await control.finishJob('bfl', made!.id);
    const headers = { 'x-bfl-signature': `sha256=${await mac(env.BFL_WEBHOOK_SECRET!)}` };
    expect((await post(url, body, headers)).status).toBe(204);
    await expect
      .poll(
        async () =>
          ((await (await call(`/api/generations/${generation.id}`)).json()) as Generation).state,
        { timeout: 5000 },
      )
      .toBe('succeeded');
  });

  it('hears one’s own generator, by its own secret only', async () => {
    await control.fault({ host: 'modal', method: 'POST', fault: { kind: 'stuck' } });
    const { generation } = await generate(
      { model: 'self-hosted-qwen-image', task: 'create', prompt: 'a kite' },
      { wait: 1 },
    );
    expect(generation.state).toBe('running');
    const [made] = await control.jobs('modal');
    const request = (await control.requests('modal')).find(({ method }) => method === 'POST');
    const url = new URL((JSON.parse(request!.bodyText) as { webhook_url: string }).webhook_url);
    const body = JSON.stringify({ id: made!.id, status: 'succeeded' });
    expect((await post(url, body, signed(body))).status).toBe(403);
    await control.finishJob('modal', made!.id);
    const headers = signed(body, { key: env.SELF_HOSTED_WEBHOOK_SECRET! });
    expect((await post(url, body, headers)).status).toBe(204);
    const read = async () =>
      (await (await call(`/api/generations/${generation.id}`)).json()) as Generation;
    await expect.poll(async () => (await read()).state, { timeout: 5000 }).toBe('succeeded');
    expect((await read()).outputs).toHaveLength(1);
  });
});

/** The address of another job, or of another user: our own part of the URL is signed too. */
function touched(url: URL, n: number): URL {
  const copy = new URL(url);
  const [account, , mac] = copy.searchParams.get('job')!.split('.') as [string, string, string];
  const owner = n % 2 === 0 ? account : account.replace(/^./, (c) => (c === '0' ? '1' : '0'));
  copy.searchParams.set('job', `${owner}.${crypto.randomUUID()}.${mac}`);
  return copy;
}
