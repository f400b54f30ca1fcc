import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerationsAnswer, UsageAnswer } from '../../contract.ts';
import { resetBreakers } from '../http/breaker.ts';
import { call, control, generate } from '../testing/client.ts';

const openai = { model: 'gpt-image-2', task: 'create', prompt: 'a red kite' } as const;

/** Both Durable Objects run under these settings until the next call of it. */
async function settings(changes: Partial<Env>): Promise<void> {
  const given = { env: { ...env, ...changes } };
  for (const stub of [env.ACCOUNT.getByName('local'), env.HOUSE.getByName('house')]) {
    await runInDurableObject(stub, (object) => void Object.assign(object, given));
  }
}

/** Empties the ledgers: what other tests spent is no part of these. */
async function nothingSpent(): Promise<void> {
  await runInDurableObject(env.ACCOUNT.getByName('local'), (_object, { storage }) => {
    storage.sql.exec('DELETE FROM jobs');
  });
  await runInDurableObject(env.HOUSE.getByName('house'), (_object, { storage }) => {
    storage.sql.exec('DELETE FROM holds');
  });
}

const usage = async (): Promise<UsageAnswer> => (await call('/api/usage')).json();

beforeEach(async () => {
  await control.reset();
  resetBreakers();
  await nothingSpent();
});
afterEach(() => settings({}));

describe('budgets', () => {
  it.each(['BUDGET_USER_DAY_USD', 'BUDGET_USER_MONTH_USD'] as const)(
    'of %s end with the call that they do not cover, before anything is sent',
    async (name) => {
      const { generation: first } = await generate(openai);
      const spent = first.settledMicros + first.reservedMicros - 1;
      await settings({ [name]: String(spent / 1e6) });
      const next = await generate(openai);
      expect([next.status, next.error?.code]).toEqual([402, 'over_budget']);
      expect(await control.charges()).toHaveLength(1);
      await settings({ [name]: String((spent + 1) / 1e6) });
      expect((await generate(openai)).generation.state).toBe('succeeded');
      const { budget } = await usage();
      expect(budget[name.includes('DAY') ? 'dayLeftMicros' : 'monthLeftMicros']).toBe(
        spent + 1 - (await control.total('openai')),
      );
    },
  );

  it('of the whole installation release what the user had reserved', async () => {
    await settings({ BUDGET_TOTAL_MONTH_USD: '0.000001' });
    const { generation } = await generate(openai);
    expect(generation).toMatchObject({ state: 'failed', payment: 'released', settledMicros: 0 });
    expect(generation.error).toMatchObject({ code: 'over_budget' });
    expect(await control.requests('openai')).toEqual([]);
    const { budget } = await usage();
    expect(budget.dayLeftMicros).toBe(budget.dayMicros);
  });

  it('are debited before the call, so that twenty at once do not pass them', async () => {
    const { generation: one } = await generate(openai);
    await nothingSpent();
    await control.reset();
    await settings({ BUDGET_USER_DAY_USD: String((one.reservedMicros * 5) / 1e6) });
    const many = await Promise.all(Array.from({ length: 20 }, () => generate(openai)));
    const taken = many.filter(({ status }) => status === 202);
    expect(taken.length).toBeGreaterThanOrEqual(5);
    expect(await control.charges()).toHaveLength(taken.length);
    expect(await control.total('openai')).toBeLessThanOrEqual(one.reservedMicros * 5);
    for (const { status } of many) expect([202, 402]).toContain(status);
  });
});

describe('limits', () => {
  it('by user and minute say when to come again', async () => {
    await settings({ CALLS_USER_PER_MINUTE: '2' });
    for (let n = 0; n < 2; n += 1) expect((await generate(openai)).status).toBe(202);
    const response = await call('/api/generations', {
      method: 'POST',
      json: openai,
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await control.charges()).toHaveLength(2);
  });

  it('by address and day spare the allow-list', async () => {
    await settings({ CALLS_ADDRESS_PER_DAY: '1', ADDRESS_ALLOW_LIST: '192.0.2.9, 192.0.2.10' });
    const from = (address: string) =>
      generate(openai, { headers: { 'cf-connecting-ip': address } });
    expect((await from('192.0.2.1')).generation.state).toBe('succeeded');
    expect((await from('192.0.2.1')).generation.error?.code).toBe('rate_limited');
    expect((await from('192.0.2.2')).generation.state).toBe('succeeded');
    for (let n = 0; n < 2; n += 1) {
      expect((await from('192.0.2.10')).generation.state).toBe('succeeded');
    }
  });

  it('of all calls in an hour hold for everybody', async () => {
    await settings({ CALLS_TOTAL_PER_HOUR: '1', ADDRESS_ALLOW_LIST: 'local' });
    expect((await generate(openai)).generation.state).toBe('succeeded');
    const { generation } = await generate(openai);
    expect(generation).toMatchObject({ payment: 'released', error: { code: 'rate_limited' } });
  });
});

it('runs several models for one prompt side by side, each its own paid call', async () => {
  await control.fault({
    host: 'openai',
    times: 0,
    fault: { kind: 'delay', when: 'before', ms: 400 },
  });
  const models = ['gpt-image-2', 'gemini-3.1-flash-image', 'stability-core', 'recraft-v3'];
  const made = await Promise.all(models.map((model) => generate({ ...openai, model })));
  expect(made.map(({ generation }) => [generation.model, generation.state])).toEqual(
    models.map((model) => [model, 'succeeded']),
  );
  const charges = await control.charges();
  expect(charges).toHaveLength(models.length);
  expect(new Set(charges.map(({ prompt }) => prompt))).toEqual(new Set([openai.prompt]));
  const { rows } = await usage();
  expect(rows.map(({ model, calls }) => [model, calls])).toEqual(
    models.toSorted().map((model) => [model, 1]),
  );
  // The slow one kept nobody waiting: the others were over before it.
  const [slow, ...quick] = made.map(({ generation }) => generation.updatedAt);
  expect(quick.every((at) => at <= slow!)).toBe(true);
});

it('lists every call once, page by page, also those of one moment', async () => {
  await runInDurableObject(env.ACCOUNT.getByName('local'), (_object, { storage }) => {
    for (let n = 0; n < 60; n += 1) {
      storage.sql.exec(
        `INSERT INTO jobs VALUES (?1, ?1, 'h', 'gpt-image-2', 'openai', 'create', NULL, 'local',
         'released', 'failed', 1, 1, 0, 1, 0, 0, NULL, 0, NULL, NULL, NULL, NULL, '[]', NULL, ?2, ?2)`,
        crypto.randomUUID(),
        1_700_000_000_000 + Math.floor(n / 7),
      );
    }
  });
  const seen: string[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const path = `/api/generations?limit=10&before=${before}`;
    const { generations } = (await (await call(path)).json()) as GenerationsAnswer;
    if (generations.length === 0) break;
    seen.push(...generations.map(({ id }) => id));
    before = generations.at(-1)!.createdAt;
  }
  expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
});
