import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { picture } from './pictures.ts';
import { startReceiver } from './receiver.ts';
import { type Doubles, startDoubles } from './server.ts';
import { type Json, postJson } from './testing.ts';
import { bflSignature, standardWebhookHeaders } from './webhooks.ts';

const PUBLIC = 'https://proxy.test';
const HOOK = `${PUBLIC}/api/webhooks/replicate?job=7`;
let doubles: Doubles;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let status = 200;
beforeAll(async () => {
  receiver = await startReceiver((_n, got) =>
    got.url.endsWith('.png') ? { status: 200, body: picture('png') } : { status },
  );
  doubles = await startDoubles({ jobMs: null, routes: { [PUBLIC]: receiver.origin } });
});
afterAll(async () => {
  await doubles.close();
  await receiver.close();
});
beforeEach(() => {
  doubles.control.reset();
  receiver.received.length = 0;
});
afterEach(() => {
  status = 200;
});

async function predict(more: Json = {}, input: Json = {}): Promise<string> {
  const made = await postJson(
    `${doubles.origins.replicate}/v1/models/google/nano-banana/predictions`,
    { authorization: `Bearer ${doubles.credentials.replicate}` },
    {
      input: { prompt: 'p', ...input },
      webhook: HOOK,
      webhook_events_filter: ['completed'],
      ...more,
    },
  );
  expect(made.status).toBe(201);
  return String(made.json.id);
}
const finish = async (more?: Json): Promise<string> => {
  const id = await predict(more);
  await doubles.control.finishJob('replicate', id);
  return id;
};
const statuses = (): unknown[] =>
  receiver.received.map((r) => (JSON.parse(r.body.toString()) as Json).status);
/** What the library of the standard says of the nth delivery; throws for a bad one. */
const verify = (n: number): unknown => {
  const { body, headers } = receiver.received[n]!;
  return new Webhook(doubles.credentials.replicateWebhook).verify(
    body.toString(),
    headers as Record<string, string>,
  );
};

describe('Replicate', () => {
  it('sends the prediction, signed as the standard says, to the very address', async () => {
    const id = await finish();
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      method: 'POST',
      url: '/api/webhooks/replicate?job=7',
    });
    expect(verify(0)).toMatchObject({ id, status: 'succeeded', webhook: HOOK });
    expect(doubles.control.deliveries()).toMatchObject([
      { jobId: id, status: 200, mode: 'normal' },
    ]);
  });

  it('sends start first when asked', async () => {
    await finish({ webhook_events_filter: ['start', 'completed'] });
    expect(statuses()).toEqual(['starting', 'succeeded']);
  });

  it('reordered: completed before start', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'webhooks', mode: 'reordered' } });
    await finish({ webhook_events_filter: ['start', 'completed'] });
    expect(statuses()).toEqual(['succeeded', 'processing']);
  });

  it('duplicate: the same id twice', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'webhooks', mode: 'duplicate' } });
    await finish();
    const ids = receiver.received.map((r) => r.headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('lost: nothing', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'webhooks', mode: 'lost' } });
    await finish();
    expect(receiver.received).toEqual([]);
  });

  it('stale and forged: refused by the standard’s own library', async () => {
    const id = await finish();
    await doubles.control.sendWebhook('replicate', id, 'stale');
    await doubles.control.sendWebhook('replicate', id, 'forged');
    expect(() => verify(0)).not.toThrow();
    expect(() => verify(1)).toThrow(/timestamp too old/i);
    expect(() => verify(2)).toThrow(/no matching signature/i);
  });

  it('tries again with the same id while the receiver fails, three times at most', async () => {
    status = 503;
    await finish();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map((r) => r.headers['webhook-id'])).size).toBe(1);
  });

  it('sends nothing to addresses without a route', async () => {
    await finish({ webhook: 'https://elsewhere.test/hook' });
    expect(receiver.received).toEqual([]);
    expect(doubles.control.deliveries()).toMatchObject([{ status: null }]);
  });

  it('reads its inputs over the route, without any credentials', async () => {
    const good = await predict({}, { image_input: [`${PUBLIC}/in/a.png?sig=1`] });
    expect(receiver.received[0]).toMatchObject({ method: 'GET', url: '/in/a.png?sig=1' });
    expect(receiver.received[0]!.headers.authorization).toBeUndefined();
    expect(good).not.toBe('');
  });

  it('fails a prediction whose input is no picture', async () => {
    const id = await predict({}, { image_input: [`${PUBLIC}/in/gone`] });
    await doubles.control.finishJob('replicate', id);
    expect(verify(receiver.received.length - 1)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/input/),
    });
  });
});

it('BFL signs the raw body with the secret it was given', async () => {
  const made = await postJson(
    `${doubles.origins.bfl}/v1/flux-2-pro`,
    { 'x-key': doubles.credentials.bfl },
    { prompt: 'p', webhook_url: `${PUBLIC}/api/webhooks/bfl`, webhook_secret: 'mine' },
  );
  const id = String(made.json.id);
  await doubles.control.finishJob('bfl', id);
  await doubles.control.sendWebhook('bfl', id, 'forged');
  const [real, forged] = receiver.received;
  expect(real!.headers['x-bfl-signature']).toBe(bflSignature('mine', real!.body.toString()));
  expect(JSON.parse(real!.body.toString())).toMatchObject({ id, status: 'Ready' });
  expect(forged!.headers['x-bfl-signature']).not.toBe(
    bflSignature('mine', forged!.body.toString()),
  );
});

it('the self-hosted generator signs by the standard and uploads its result', async () => {
  const made = await postJson(
    `${doubles.origins.modal}/v1/generate`,
    { 'modal-key': doubles.credentials.modalKey, 'modal-secret': doubles.credentials.modalSecret },
    {
      ...{ prompt: 'p', width: 512, height: 512, output_format: 'jpeg' },
      webhook_url: `${PUBLIC}/api/webhooks/modal`,
      result_put_url: `${PUBLIC}/put/1?sig=2`,
    },
  );
  await doubles.control.finishJob('modal', String(made.json.id));
  const [put, hook] = receiver.received;
  expect(put).toMatchObject({
    method: 'PUT',
    url: '/put/1?sig=2',
    headers: { 'content-type': 'image/jpeg' },
  });
  expect(put!.body.subarray(0, 2).toString('hex')).toBe('ffd8');
  const webhook = new Webhook(doubles.credentials.modalWebhook);
  expect(
    webhook.verify(hook!.body.toString(), hook!.headers as Record<string, string>),
  ).toMatchObject({
    status: 'succeeded',
    image_url: `${PUBLIC}/put/1?sig=2`,
  });
});

it('signs the specification’s own example', () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  const headers = standardWebhookHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
