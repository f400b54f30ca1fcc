import { createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GenerationRequest, ModelsAnswer } from '../../contract.ts';
import { resetBreakers } from '../http/breaker.ts';
import { house } from '../http/signing.ts';
import worker from '../index.ts';
import { call, control, generate } from '../testing/client.ts';
import { forgetLearnt } from './learnt.ts';

async function row(id: string) {
  const { models } = (await (await call('/api/models')).json()) as ModelsAnswer;
  return models.find((model) => model.id === id);
}

const lookAround = (settings: Partial<Env> = {}) =>
  worker.scheduled(createScheduledController({ cron: '17 4 * * *' }), { ...env, ...settings });

const openai: GenerationRequest = { model: 'gpt-image-2', task: 'create', prompt: 'a kite' };
const gemini: GenerationRequest = { ...openai, model: 'gemini-3-pro-image' };

beforeEach(async () => {
  await control.reset();
  resetBreakers();
  for (const id of Object.keys(await house(env).modelStates())) await house(env).forgetModel(id);
  forgetLearnt();
});

describe('the daily look', () => {
  it('learns which models have ended and which will', async () => {
    await control.setAsOf('2026-12-02');
    await control.announceEnd('openai', 'gpt-image-2', '2099-01-01');
    await lookAround();
    const gone = await row('gpt-image-1.5');
    expect(gone?.status).toBe('retired');
    // Its successor in the file is about to end too.
    expect(gone?.replacedBy).not.toBe('gpt-image-2');
    expect((await row(gone!.replacedBy!))?.status).toBe('active');
    expect(await row('gpt-image-2')).toMatchObject({ status: 'legacy', retiresOn: '2099-01-01' });
    expect((await row('gemini-3.1-flash-image'))?.status).toBe('active');
    expect((await row('replicate-qwen-image'))?.status).toBe('active');
  });

  it('asks Bedrock with a signature that the control host accepts, and reads its dates', async () => {
    await control.announceEnd('bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0', '2099-02-03');
    await lookAround();
    expect(await row('claude-sonnet')).toMatchObject({ status: 'legacy', retiresOn: '2099-02-03' });
    const asked = await control.requests('bedrockControl');
    expect(asked.map(({ method, url, status }) => [method, url, status])).toEqual([
      ['GET', '/foundation-models', 200],
    ]);
    await control.reset();
    await lookAround();
    expect((await row('claude-sonnet'))?.status).toBe('active');
  });

  it('asks Bedrock with a bearer key as well', async () => {
    await control.announceEnd('bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0', '2099-02-03');
    const token = 'double-canary-bedrock-bearer';
    await lookAround({ AWS_BEARER_TOKEN_BEDROCK: token, AWS_ACCESS_KEY_ID: '' });
    expect(await row('claude-sonnet')).toMatchObject({ status: 'legacy', retiresOn: '2099-02-03' });
    const [asked] = await control.requests('bedrockControl');
    expect(asked!.headers.authorization).toBe('Bearer <bedrockBearer>');
  });

  it('takes a model without a version at Replicate for ended, until it has one again', async () => {
    await control.announceEnd('replicate', 'qwen/qwen-image', '2026-01-01');
    await lookAround();
    expect((await row('replicate-qwen-image'))?.status).toBe('retired');
    expect((await row('replicate-qwen-image-edit-plus'))?.status).toBe('active');
    await control.reset();
    await lookAround();
    expect((await row('replicate-qwen-image'))?.status).toBe('active');
  });

  it('is told nothing by a vendor that does not answer', async () => {
    await house(env).learnModel('gpt-image-2', { status: 'retired', checkedOn: '2026-11-21' });
    for (const host of ['openai', 'bedrockControl'] as const) {
      await control.fault({ host, times: 0, fault: { kind: 'drop', when: 'before' } });
    }
    await lookAround();
    expect((await row('gpt-image-2'))?.status).toBe('retired');
    expect((await row('claude-sonnet'))?.status).toBe('active');
  });

  it('gives models of vendors without a list another chance', async () => {
    await house(env).learnModel('recraft-v3', { status: 'retired', checkedOn: '2026-11-21' });
    expect((await row('recraft-v3'))?.status).toBe('retired');
    await lookAround();
    expect((await row('recraft-v3'))?.status).toBe('active');
  });
});

describe('a call that the vendor answers with "gone"', () => {
  it.each([
    ['openai', openai, 'gpt-image-2'],
    ['gemini', gemini, 'gemini-3-pro-image'],
    ['bedrock', { ...openai, model: 'bedrock-core' }, 'stability.stable-image-core-v1:1'],
  ] as const)('flips the row of %s; the next call is 410', async (host, request, vendorModel) => {
    await control.announceEnd(host, vendorModel, '2026-01-01');
    const { generation } = await generate(request);
    expect(generation).toMatchObject({ state: 'failed', payment: 'released', settledMicros: 0 });
    expect(generation.error).toMatchObject({ code: 'model_gone' });
    const next = await generate(request);
    expect(next.status).toBe(410);
    const { code, replacedBy } = next.error!;
    expect(code).toBe('model_gone');
    expect(replacedBy).toBe(generation.error?.replacedBy);
    expect((await row(replacedBy!))?.status).toBe('active');
    expect(await row(request.model)).toMatchObject({ status: 'retired', replacedBy });
    expect(await control.charges()).toEqual([]);
    const posts = (await control.requests(host)).filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
  });

  it.each([
    ['replicate', { ...openai, model: 'replicate-qwen-image' }],
    ['recraft', { ...openai, model: 'recraft-v3' }],
  ] as const)('takes a plain 404 of %s for it', async (host, request) => {
    const fault = { kind: 'status', when: 'before', status: 404 } as const;
    await control.fault({ host, method: 'POST', fault });
    expect((await generate(request)).generation.payment).toBe('released');
    expect((await generate(request)).status).toBe(410);
    expect((await control.requests(host)).filter((r) => r.method === 'POST')).toHaveLength(1);
  });

  it('does not send even where this isolate has not heard of it yet', async () => {
    await generate(openai);
    await house(env).learnModel('gpt-image-2', { status: 'retired', checkedOn: '2026-11-21' });
    const { generation } = await generate(openai);
    expect(generation).toMatchObject({ state: 'failed', payment: 'released' });
    expect(generation.error).toMatchObject({ code: 'model_gone' });
    expect(await control.charges()).toHaveLength(1);
  });

  it('leaves one’s own generator alone', async () => {
    const fault = { kind: 'status', when: 'before', status: 404 } as const;
    await control.fault({ host: 'modal', method: 'POST', fault });
    const own = { ...openai, model: 'self-hosted-qwen-image' };
    expect((await generate(own)).generation.error).toMatchObject({ code: 'model_gone' });
    expect((await generate(own)).generation.state).toBe('succeeded');
  });
});

it('learns an end from Gemini’s answers', async () => {
  await control.announceEnd('gemini', 'gemini-3-pro-image', '2099-03-04');
  expect((await generate(gemini)).generation.state).toBe('succeeded');
  expect(await row('gemini-3-pro-image')).toMatchObject({
    status: 'legacy',
    retiresOn: '2099-03-04',
  });
  await lookAround();
  expect((await row('gemini-3-pro-image'))?.retiresOn).toBe('2099-03-04');
});
