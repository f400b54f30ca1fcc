import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import { bill, type Json, pngBase64, postJson, send, until } from './testing.ts';

let doubles: Doubles;
let api: string;
let pair: Record<string, string>;
beforeAll(async () => {
  doubles = await startDoubles({ jobMs: 10 });
  api = `${doubles.origins.modal}/v1`;
  pair = {
    'modal-key': doubles.credentials.modalKey,
    'modal-secret': doubles.credentials.modalSecret,
  };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const GOOD = { prompt: 'a red monster', width: 1024, height: 768, output_format: 'png' };
const generate = (more: Json = {}, headers = pair) =>
  postJson(`${api}/generate`, headers, { ...GOOD, ...more });

it('queues, runs, and answers the picture', async () => {
  const made = await generate({
    image_b64: [pngBase64(8)],
    mask_b64: pngBase64(8),
    seed: 3,
    steps: 20,
  });
  expect([made.status, made.json.status]).toEqual([202, 'queued']);
  const poll = () => send(`${api}/jobs/${String(made.json.id)}`, { headers: pair });
  const { json } = await until(poll, (a) => a.json.status === 'succeeded');
  expect(json).toMatchObject({ seed: 3, image_b64: expect.any(String) });
  expect(bill(doubles, 'modal')).toEqual({ accepted: 1, billed: 1, microUsd: 0 });
});

it.each<[string, Json]>([
  ['no width', { width: undefined }],
  ['an unknown field', { n: 2 }],
  ['a mask without an image', { mask_b64: pngBase64(8) }],
  ['an image as data URL', { image_b64: [`data:image/png;base64,${pngBase64(8)}`] }],
  ['gif', { output_format: 'gif' }],
  ['an http upload address', { result_put_url: 'http://a.test/' }],
])('refuses %s', async (_name, more) => {
  expect((await generate(more)).status).toBe(422);
  expect(bill(doubles, 'modal').accepted).toBe(0);
});

describe('who may call', () => {
  it('the edge wants both halves of its token', async () => {
    for (const headers of [
      {},
      { ...pair, 'modal-secret': 'ws-no' },
      { authorization: 'Bearer x' },
    ]) {
      const answer = await generate({}, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.bytes.toString()).toBe(
        'modal-http: missing credentials for proxy authorization',
      );
    }
  });

  it.each(['bearer', 'both'] as const)('auth: %s', async (auth) => {
    const other = await startDoubles({ modal: { auth } });
    const authorization = `Bearer ${other.credentials.modalBearer}`;
    const call = (headers: Record<string, string>) =>
      postJson(`${other.origins.modal}/v1/generate`, headers, GOOD);
    expect((await call({ ...pair })).status).toBe(401);
    expect((await call({ authorization })).status).toBe(auth === 'bearer' ? 202 : 401);
    expect((await call({ ...pair, authorization })).status).toBe(202);
    await other.close();
  });
});

it('long requests redirect with a call id; the result is read once, with the token each time', async () => {
  doubles.control.fault({ host: 'modal', fault: { kind: 'hops', count: 2 } });
  const first = await generate();
  expect(first.status).toBe(303);
  const location = first.headers.get('location')!;
  expect(location).toMatch(/\/v1\/generate\?__modal_function_call_id=fc-/);
  expect((await send(location)).status).toBe(401);
  const second = await send(location, { headers: pair });
  expect([second.status, second.headers.get('location')]).toEqual([303, location]);
  expect((await send(location, { headers: pair })).json.status).toBe('queued');
  expect((await send(location, { headers: pair })).status).toBe(404);
  expect(bill(doubles, 'modal').accepted).toBe(1);
});

it('failure and moderation', async () => {
  doubles.control.fault({ host: 'modal', fault: { kind: 'moderate', stage: 'output' } });
  const made = await generate();
  const poll = () => send(`${api}/jobs/${String(made.json.id)}`, { headers: pair });
  const { json } = await until(poll, (a) => a.json.status === 'failed');
  expect(json.error).toMatchObject({ code: 'moderated' });
  expect((await send(`${api}/jobs/none`, { headers: pair })).status).toBe(404);
});
