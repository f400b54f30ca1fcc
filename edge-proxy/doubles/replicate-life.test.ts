import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REPLICATE_MODELS } from './replicate-models.ts';
import { type Doubles, startDoubles } from './server.ts';
import { bill, type Json, postForm, postJson, send, until } from './testing.ts';

let doubles: Doubles;
let api: string;
let auth: { authorization: string };
beforeAll(async () => {
  doubles = await startDoubles({ jobMs: 10 });
  api = `${doubles.origins.replicate}/v1`;
  auth = { authorization: `Bearer ${doubles.credentials.replicate}` };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const SAM = REPLICATE_MODELS['schananas/grounded_sam']!.version;
const create = (
  name: string,
  input: unknown,
  headers: Record<string, string> = {},
  more: Json = {},
) => postJson(`${api}/models/${name}/predictions`, { ...auth, ...headers }, { input, ...more });
const ended = (id: unknown) =>
  until(
    () => send(`${api}/predictions/${String(id)}`, { headers: auth }),
    (a) => a.json.completed_at !== null,
  );

describe('life of a prediction', () => {
  it('answers 202 while it runs and 201 without Prefer', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'stuck' }, times: 2 });
    const held = await create('google/imagen-4', { prompt: 'p' }, { prefer: 'wait=1' });
    expect([held.status, held.json.status, held.json.output]).toEqual([202, 'starting', null]);
    const plain = await create('google/imagen-4', { prompt: 'p' });
    expect([plain.status, plain.json.status]).toEqual([201, 'starting']);
  });

  it('canceled before the start is aborted and free, while running canceled and billed', async () => {
    const path = '/predictions$'; // Cancel is a POST as well.
    doubles.control.fault({ host: 'replicate', path, fault: { kind: 'stuck' }, times: 2 });
    const first = await create('google/imagen-4', { prompt: 'p' });
    const cancel = (id: unknown) =>
      send(`${api}/predictions/${String(id)}/cancel`, { method: 'POST', headers: auth });
    expect((await cancel(first.json.id)).json.status).toBe('aborted');
    const second = await create('google/imagen-4', { prompt: 'p' });
    await send(`${api}/predictions/${String(second.json.id)}`, { headers: auth });
    expect((await cancel(second.json.id)).json.status).toBe('canceled');
    expect(bill(doubles, 'replicate')).toMatchObject({ accepted: 2, billed: 1 });
  });

  it('loses its output after an hour, and so does the delivery host', async () => {
    const made = await create('google/imagen-4', { prompt: 'p' }, { prefer: 'wait' });
    const output = String(made.json.output);
    const part = await send(output, { headers: { range: 'bytes=1-3' } });
    expect([part.status, part.bytes.toString('hex')]).toEqual([206, 'd8ffdb']);
    doubles.control.advance(60 * 60 * 1000);
    expect((await send(output)).status).toBe(404);
    const later = await send(`${api}/predictions/${String(made.json.id)}`, { headers: auth });
    expect(later.json).toMatchObject({ status: 'succeeded', output: null, data_removed: true });
  });

  it('moderation and failure are states, not statuses', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'moderate', stage: 'output' } });
    const moderated = await create('google/imagen-4', { prompt: 'p' });
    expect(moderated.status).toBe(201);
    expect((await ended(moderated.json.id)).json).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/\(E005\)$/),
    });
    doubles.control.fault({ host: 'replicate', fault: { kind: 'fail', message: 'CUDA' } });
    const failed = await create('google/imagen-4', { prompt: 'p' });
    expect((await ended(failed.json.id)).json).toMatchObject({ status: 'failed', error: 'CUDA' });
  });

  it('can be found by listing after a lost reply', async () => {
    doubles.control.fault({ host: 'replicate', fault: { kind: 'drop', when: 'after' } });
    await expect(create('google/imagen-4', { prompt: 'lost one' })).rejects.toThrow();
    const since = new Date(Date.now() - 60_000).toISOString();
    const list = await send(`${api}/predictions?created_after=${since}`, { headers: auth });
    const results = list.json.results as Json[];
    expect(results.map((r) => (r.input as Json).prompt)).toEqual(['lost one']);
    const none = await send(`${api}/predictions?created_before=${since}`, { headers: auth });
    expect(none.json.results).toEqual([]);
  });

  it('lists a hundred a page', async () => {
    for (let i = 0; i < 101; i++) await create('google/imagen-4', { prompt: `p${i}` });
    const first = await send(`${api}/predictions`, { headers: auth });
    expect((first.json.results as Json[]).length).toBe(100);
    expect(first.json.previous).toBeNull();
    const second = await send(String(first.json.next), { headers: auth });
    expect(second.json.next).toBeNull();
    expect((second.json.results as Json[]).map((r) => (r.input as Json).prompt)).toEqual(['p0']);
  });
});

describe('other endpoints', () => {
  it('model, version, secret, account', async () => {
    const get = (path: string) => send(`${api}/${path}`, { headers: auth });
    const model = await get('models/qwen/qwen-image');
    expect(model.json).toMatchObject({ owner: 'qwen', name: 'qwen-image', is_official: true });
    expect((await get(`models/schananas/grounded_sam/versions/${SAM}`)).status).toBe(200);
    expect((await get('models/no/model')).status).toBe(404);
    expect((await get('webhooks/default/secret')).json.key).toBe(
      doubles.credentials.replicateWebhook,
    );
    expect((await get('account')).status).toBe(200);
    expect((await get('predictions/unknown')).status).toBe(404);
  });

  it('files: upload, look, signed download, delete', async () => {
    const file = { type: 'text/plain', data: Buffer.from('hello') };
    const made = await postForm(
      `${api}/files`,
      { authorization: auth.authorization.replace('Bearer', 'Token') },
      { content: file },
    );
    expect([made.status, made.json.size]).toEqual([201, 5]);
    const id = String(made.json.id);
    const expiry = String(Math.floor(Date.now() / 1000) + 60);
    const key = Buffer.from(doubles.credentials.replicateWebhook.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`me ${id} ${expiry}`).digest('base64');
    const query = new URLSearchParams({ owner: 'me', expiry, signature });
    expect((await send(`${api}/files/${id}/download?${query}`)).bytes.toString()).toBe('hello');
    query.set('owner', 'you');
    expect((await send(`${api}/files/${id}/download?${query}`)).status).toBe(403);
    const gone = await send(`${api}/files/${id}`, { method: 'DELETE', headers: auth });
    expect(gone.status).toBe(204);
    expect((await send(`${api}/files/${id}`, { headers: auth })).status).toBe(404);
    expect((await postForm(`${api}/files`, auth, { other: file })).status).toBe(400);
  });
});
