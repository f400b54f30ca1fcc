import { beforeEach, describe, expect, it } from 'vitest';
import type { Generation, GenerationsAnswer, UsageAnswer } from '../../contract.ts';
import { resetBreakers } from '../http/breaker.ts';
import { call, control, generate, newKey } from '../testing/client.ts';

const replicate = { model: 'replicate-qwen-image', task: 'create', prompt: 'a red kite' } as const;
const openai = { model: 'gpt-image-2', task: 'create', prompt: 'a red kite' } as const;

const posts = async (host: 'replicate' | 'openai'): Promise<number> =>
  (await control.requests(host)).filter((request) => request.method === 'POST').length;

describe('paying', () => {
  beforeEach(async () => {
    await control.reset();
    resetBreakers();
  });

  it('answers a repeated key with the first result and sends nothing', async () => {
    const key = newKey();
    const first = await generate(replicate, { key });
    const again = await generate(replicate, { key });
    expect(again.generation).toEqual(first.generation);
    expect(await posts('replicate')).toBe(1);
  });

  it('sends once when two tabs use one key at the same moment', async () => {
    const key = newKey();
    const both = await Promise.all([generate(openai, { key }), generate(openai, { key })]);
    expect(both[0]!.generation.id).toBe(both[1]!.generation.id);
    expect(await posts('openai')).toBe(1);
  });

  it('refuses a key that comes back with another request', async () => {
    const key = newKey();
    await generate(openai, { key });
    const other = await generate({ ...openai, prompt: 'a blue kite' }, { key });
    expect(other.status).toBe(409);
    expect(other.error).toMatchObject({ code: 'conflict', field: 'idempotency-key' });
    expect(await posts('openai')).toBe(1);
  });

  it('settles with the figure that the vendor counted', async () => {
    const { generation } = await generate({ ...openai, parameters: { quality: 'low', n: 2 } });
    expect(generation.settledMicros).toBe(await control.total('openai'));
    expect(generation.settledMicros).toBeLessThan(generation.reservedMicros);
    expect(generation.estimate).toBe(false);
    expect(generation.outputs).toHaveLength(2);
  });

  it('finds a call whose reply was lost instead of sending it again', async () => {
    await control.fault({
      host: 'replicate',
      method: 'POST',
      fault: { kind: 'drop', when: 'after' },
    });
    const { generation } = await generate(replicate, { wait: 25 });
    expect(generation).toMatchObject({ state: 'succeeded', payment: 'settled' });
    expect(await posts('replicate')).toBe(1);
    expect(generation.settledMicros).toBe(await control.total('replicate'));
  });

  it('shows a lost call as unknown where nothing can be looked up, and keeps it debited', async () => {
    await control.fault({ host: 'openai', method: 'POST', fault: { kind: 'drop', when: 'after' } });
    const { generation } = await generate(openai, { wait: 20 });
    expect(generation).toMatchObject({ state: 'unknown', payment: 'unknown' });
    expect(generation.error).toMatchObject({ code: 'ambiguous' });
    expect(await posts('openai')).toBe(1);
    const usage = (await (await call('/api/usage')).json()) as UsageAnswer;
    expect(usage.rows.find((row) => row.model === 'gpt-image-2')!.heldMicros).toBeGreaterThan(0);
  });

  it('takes half an answer for a lost one, and a dripping one for what it is', async () => {
    await control.fault({ host: 'openai', method: 'POST', fault: { kind: 'malformed' } });
    const { generation: half } = await generate(openai, { wait: 20 });
    expect(half).toMatchObject({ state: 'unknown', payment: 'unknown' });
    const drip = { kind: 'slowBody', chunkBytes: 64, gapMs: 5 } as const;
    await control.fault({ host: 'openai', method: 'POST', fault: drip });
    const { generation: slow } = await generate(openai, { wait: 20 });
    expect(slow).toMatchObject({ state: 'succeeded', payment: 'settled' });
    expect(await posts('openai')).toBe(2);
  });

  it.each([500, 502, 503, 504])('never sends again after a %i', async (status) => {
    await control.fault({
      host: 'openai',
      method: 'POST',
      times: 0,
      fault: { kind: 'status', when: 'after', status },
    });
    const { generation } = await generate(openai, { wait: 0 });
    const read = async () =>
      (await (await call(`/api/generations/${generation.id}`)).json()) as Generation;
    await expect.poll(async () => (await read()).payment).toBe('unknown');
    expect(await posts('openai')).toBe(1);
  });

  it('sends again after a 429, but not before the vendor said', async () => {
    await control.fault({
      host: 'openai',
      method: 'POST',
      fault: { kind: 'status', when: 'before', status: 429, retryAfterSeconds: 2 },
    });
    const started = Date.now();
    const { generation } = await generate(openai, { wait: 20 });
    expect(generation).toMatchObject({ state: 'succeeded', payment: 'settled' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(2000);
    expect(await posts('openai')).toBe(2);
    expect(await control.charges()).toHaveLength(1);
  });

  it.each([
    ['openai', openai],
    ['replicate', replicate],
  ] as const)('tells moderation from failure at %s', async (host, request) => {
    await control.fault({ host, method: 'POST', fault: { kind: 'moderate', stage: 'input' } });
    const { generation } = await generate(request);
    expect(generation.state).toBe('moderated');
    expect(generation.error).toMatchObject({ code: 'moderated' });
  });

  it('releases what was reserved when the vendor refuses', async () => {
    await control.fault({
      host: 'openai',
      method: 'POST',
      fault: { kind: 'status', when: 'before', status: 401 },
    });
    const { generation } = await generate(openai);
    expect(generation).toMatchObject({ state: 'failed', payment: 'released', settledMicros: 0 });
    expect(generation.error).toMatchObject({ code: 'provider_auth' });
  });

  it('cancels at the vendor and lets the vendor say what it cost', async () => {
    await control.fault({ host: 'replicate', method: 'POST', fault: { kind: 'stuck' } });
    const started = await generate(replicate, { wait: 2 });
    expect(started.generation.state).toBe('running');
    const path = `/api/generations/${started.generation.id}`;
    await call(`${path}/cancel`, { method: 'POST' });
    await expect
      .poll(async () => ((await (await call(path)).json()) as Generation).state, { timeout: 9000 })
      .toBe('canceled');
    expect(((await (await call(path)).json()) as Generation).settledMicros).toBe(
      await control.total('replicate'),
    );
  });

  it('copies a result again when the first copy fails', async () => {
    await control.fault({
      host: 'replicateDelivery',
      times: 2,
      fault: { kind: 'status', when: 'before', status: 503 },
    });
    const { generation } = await generate(replicate, { wait: 20 });
    expect(generation.state).toBe('succeeded');
    expect(await control.charges()).toHaveLength(1);
  });

  it('answers 410 with the replacement for a retired model, and 422 for unknown knobs', async () => {
    const gone = await generate({ ...openai, model: 'dall-e-3' });
    expect(gone.status).toBe(410);
    expect(gone.error).toMatchObject({ code: 'model_gone', replacedBy: 'gpt-image-2' });
    const odd = await generate({ ...openai, parameters: { sampler: 'x' } });
    expect(odd.status).toBe(422);
    expect(odd.error).toMatchObject({ field: 'parameters.sampler' });
    expect(await control.requests()).toHaveLength(0);
  });

  it('lists newest first and sums usage to the cent, in JSON and CSV', async () => {
    await generate(replicate);
    const { generations } = (await (
      await call('/api/generations?limit=5')
    ).json()) as GenerationsAnswer;
    expect(generations[0]!.model).toBe('replicate-qwen-image');
    const csv = await (await call('/api/usage?format=csv')).text();
    const { rows } = (await (await call('/api/usage')).json()) as UsageAnswer;
    const [header, ...lines] = csv.trim().split('\r\n');
    expect(header).toBe('day,model,task,calls,settled_usd,held_usd');
    expect(lines).toHaveLength(rows.length);
    const sum = lines.reduce((total, line) => total + Number(line.split(',')[4]) * 1e6, 0);
    expect(Math.round(sum)).toBe(rows.reduce((total, row) => total + row.settledMicros, 0));
  });
});
