import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RemoteControl, remoteControl } from './control.ts';
import type { Fault } from './faults.ts';
import { type Doubles, startDoubles } from './server.ts';
import { bill, postJson, send } from './testing.ts';
import { HOSTS } from './types.ts';

let doubles: Doubles;
let remote: RemoteControl;
beforeAll(async () => {
  doubles = await startDoubles({
    canaries: { session: 'canary-session-token' },
    prices: { 'openai:gpt-image-2': 1234 },
  });
  remote = remoteControl(doubles.controlOrigin);
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const generate = (prompt = 'p', headers: Record<string, string> = {}) =>
  postJson(
    `${doubles.origins.openai}/v1/images/generations`,
    { authorization: `Bearer ${doubles.credentials.openai}`, ...headers },
    { model: 'gpt-image-2', prompt },
  );
const fault = (f: Fault, times = 1): void =>
  doubles.control.fault({ host: 'openai', fault: f, times });
const accepted = (): number => bill(doubles, 'openai').accepted;

describe('faults', () => {
  it('a lost request is not charged, a lost reply is', async () => {
    fault({ kind: 'drop', when: 'before' });
    await expect(generate()).rejects.toThrow();
    expect(accepted()).toBe(0);
    fault({ kind: 'drop', when: 'after' });
    await expect(generate()).rejects.toThrow();
    expect(accepted()).toBe(1);
    const [lost, charged] = doubles.control.requests('openai');
    expect([lost!.status, lost!.charged]).toEqual([null, false]);
    expect([charged!.status, charged!.charged]).toEqual([null, true]);
  });

  it('a status before acceptance is free, after it is not', async () => {
    fault({ kind: 'status', when: 'before', status: 503 });
    expect((await generate()).status).toBe(503);
    expect(accepted()).toBe(0);
    fault({ kind: 'status', when: 'after', status: 500 });
    expect((await generate()).status).toBe(500);
    expect(accepted()).toBe(1);
  });

  it.each([
    ['replicate', 'detail', '~7s'],
    ['openai', 'rate_limit_exceeded', ''],
    ['gemini', 'RESOURCE_EXHAUSTED', '"7s"'],
    ['stability', 'rate_limit_exceeded', ''],
    ['bfl', 'rate_limit_exceeded', '"retry_after":7'],
    ['bedrock', 'status 429', ''],
    ['recraft', 'status 429', ''],
    ['modal', 'status 429', ''],
  ] as const)('429 of %s in its own words with Retry-After', async (host, words, delay) => {
    doubles.control.fault({
      host,
      fault: { kind: 'status', when: 'before', status: 429, retryAfterSeconds: 7 },
    });
    const answer = await send(`${doubles.origins[host]}/anything`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    expect(answer.bytes.toString()).toContain(words);
    expect(answer.bytes.toString()).toContain(delay);
  });

  it('cuts JSON in half', async () => {
    fault({ kind: 'malformed' });
    const answer = await generate();
    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.bytes.toString())).toThrow(SyntaxError);
  });

  it('delays and drips without changing the answer', async () => {
    fault({ kind: 'delay', when: 'before', ms: 5 });
    fault({ kind: 'delay', when: 'after', ms: 5 });
    fault({ kind: 'slowBody', chunkBytes: 200, gapMs: 1 });
    const answer = await generate();
    expect(answer.json.data).toHaveLength(1);
    expect(accepted()).toBe(1);
  });

  it('redirects without doing the work', async () => {
    fault({ kind: 'redirect', status: 307, to: `${doubles.origins.outside}/steal` });
    const answer = await generate();
    expect([answer.status, answer.headers.get('location')]).toEqual([
      307,
      `${doubles.origins.outside}/steal`,
    ]);
    expect(accepted()).toBe(0);
    expect(doubles.control.requests('outside')).toEqual([]);
  });

  it('hits the requests it names: method, path, skip, times', async () => {
    const status: Fault = { kind: 'status', when: 'before', status: 500 };
    doubles.control.fault({
      host: 'openai',
      method: 'GET',
      path: '^/v1/models$',
      skip: 1,
      times: 2,
      fault: status,
    });
    const headers = { authorization: `Bearer ${doubles.credentials.openai}` };
    const models = () => send(`${doubles.origins.openai}/v1/models`, { headers });
    expect((await generate()).status).toBe(200);
    const seen = [await models(), await models(), await models(), await models()];
    expect(seen.map((a) => a.status)).toEqual([200, 500, 500, 200]);
  });

  it('a poll does not use up what is meant for a paid call', async () => {
    fault({ kind: 'moderate', stage: 'input' });
    const headers = { authorization: `Bearer ${doubles.credentials.openai}` };
    expect((await send(`${doubles.origins.openai}/v1/models`, { headers })).status).toBe(200);
    expect((await generate()).status).toBe(400);
  });

  it('times 0 lasts until cleared', async () => {
    fault({ kind: 'status', when: 'before', status: 500 }, 0);
    expect([(await generate()).status, (await generate()).status]).toEqual([500, 500]);
    doubles.control.clearFaults();
    expect((await generate()).status).toBe(200);
  });
});

describe('records', () => {
  it('shows where secrets went, and never the secrets', async () => {
    await generate('p', { cookie: 'session=canary-session-token' });
    await send(`${doubles.origins.outside}/?k=${doubles.credentials.gemini}`);
    expect(doubles.control.hostsThatSaw('openai')).toEqual(['openai']);
    expect(doubles.control.hostsThatSaw('session')).toEqual(['openai']);
    expect(doubles.control.hostsThatSaw('gemini')).toEqual(['outside']);
    const text = JSON.stringify(doubles.control.requests());
    for (const secret of [...Object.values(doubles.credentials), 'canary-session-token'])
      expect(text).not.toContain(secret);
    expect(doubles.control.requests('openai')[0]).toMatchObject({
      headers: { authorization: 'Bearer <openai>' },
      bodyText: '{"model":"gpt-image-2","prompt":"p"}',
    });
  });

  it('finds a secret inside a body', async () => {
    await generate(`say ${doubles.credentials.bfl}`);
    expect(doubles.control.requests('openai')[0]!.sightings).toContainEqual({
      name: 'bfl',
      where: 'body',
      header: null,
    });
  });
});

describe('charges', () => {
  it('one per accepted call, at the test’s own price, with its prompt', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => generate(`p${i}`)));
    const charges = doubles.control.charges();
    expect(new Set(charges.map((c) => c.prompt)).size).toBe(20);
    expect(new Set(charges.map((c) => c.request)).size).toBe(20);
    expect(doubles.control.total('openai')).toBe(20 * 1234);
    expect(doubles.control.total('replicate')).toBe(0);
  });
});

describe('control over HTTP', () => {
  it('does what the object does', async () => {
    await remote.fault({ host: 'openai', fault: { kind: 'status', when: 'before', status: 500 } });
    expect((await generate()).status).toBe(500);
    await generate('again');
    expect(await remote.charges()).toEqual(doubles.control.charges());
    expect(await remote.total()).toBe(1234);
    expect(await remote.hostsThatSaw('openai')).toEqual(['openai']);
    await remote.reset();
    expect(await remote.requests()).toEqual([]);
  });

  it('names what it does not know', async () => {
    await expect(remote.finishJob('bfl', 'none')).rejects.toThrow('no bfl job none');
    for (const path of ['toString', '__proto__', 'constructor'])
      expect((await postJson(`${doubles.controlOrigin}/${path}`, {}, [])).status).toBe(404);
    expect((await postJson(`${doubles.controlOrigin}/total`, {}, { vendor: 'bfl' })).status).toBe(
      400,
    );
    expect((await send(`${doubles.controlOrigin}/charges`)).status).toBe(404);
  });
});

describe('hostile requests', () => {
  const auth: Record<string, string> = {};
  beforeAll(() => {
    const { credentials: c } = doubles;
    Object.assign(auth, {
      'x-key': c.bfl,
      'x-goog-api-key': c.gemini,
      'modal-key': c.modalKey,
      'modal-secret': c.modalSecret,
    });
  });
  const bearer = (host: string): string => {
    const { credentials: c } = doubles;
    if (host.startsWith('bedrock')) return c.bedrockBearer;
    const own = c[host as keyof typeof c];
    return own ?? 'none';
  };
  const paths = [
    '/v1/predictions',
    '/v1/models/qwen/qwen-image/predictions',
    '/model/us.anthropic.claude-sonnet-4-6/converse',
    '/model/stability.stable-image-core-v1%3A1/invoke',
    '/v1/images/generations',
    '/v1/images/edits',
    '/v1/images/inpaint',
    '/v1beta/interactions',
    '/v1beta/models/gemini-3-pro-image:generateContent',
    '/v1/flux-2-pro',
    '/v1/generate',
    '/v2beta/stable-image/generate/core',
  ];

  it('never make a double fail', async () => {
    const names = [
      'prompt',
      'model',
      'input',
      'version',
      'contents',
      'messages',
      'image',
      '__proto__',
    ];
    const body = fc.dictionary(
      fc.oneof(fc.constantFrom(...names), fc.string()),
      fc.oneof(fc.jsonValue(), fc.constant([{}]), fc.constant({ constructor: null })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HOSTS.filter((h) => h !== 'outside')),
        fc.oneof(fc.constantFrom(...paths), fc.webPath(), fc.constant('/model/%zz/invoke?a=%')),
        fc.oneof(
          fc.json(),
          body.map((b) => JSON.stringify(b)),
        ),
        async (host, path, text) => {
          const authorization = `Bearer ${bearer(host)}`;
          const answer = await postJson(
            doubles.origins[host] + path,
            { ...auth, authorization, accept: 'application/json' },
            text,
          );
          expect(answer.bytes.toString()).not.toContain('double failed');
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a signature over a broken query is refused, not a crash', async () => {
    const answer = await send(`${doubles.origins.bedrock}/model/a/invoke?%E0%A4%A`, {
      method: 'POST',
      headers: {
        'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''),
        authorization: `AWS4-HMAC-SHA256 Credential=${doubles.credentials.awsAccessKeyId}/${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
      },
    });
    expect(answer.status).toBe(403);
  });
});

it('every host listens on a loopback port of its own', () => {
  const origins = HOSTS.map((h) => doubles.origins[h]);
  expect(new Set(origins).size).toBe(HOSTS.length);
  for (const origin of origins) expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
