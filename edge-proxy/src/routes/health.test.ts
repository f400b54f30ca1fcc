import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import {
  type HealthAnswer,
  type ModelsAnswer,
  styles,
  type Vendor,
  vendors,
} from '../../contract.ts';
import worker from '../index.ts';
import { site } from '../testing/client.ts';

async function get<Answer>(path: string, settings: Partial<Env>): Promise<Answer> {
  const context = createExecutionContext();
  const request = new Request<unknown, IncomingRequestCfProperties>(site + path);
  const response = await worker.fetch(request, { ...env, ...settings }, context);
  await waitOnExecutionContext(context);
  expect(response.status).toBe(200);
  return response.json();
}

const noKeys: Partial<Env> = {
  REPLICATE_API_TOKEN: '',
  OPENAI_API_KEY: '',
  GEMINI_API_KEY: '',
  STABILITY_API_KEY: '',
  BFL_API_KEY: '',
  RECRAFT_API_TOKEN: '',
  AWS_BEARER_TOKEN_BEDROCK: '',
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  SELF_HOSTED_KEY: '',
  SELF_HOSTED_SECRET: '',
  SELF_HOSTED_BEARER: '',
};

const withKey: Readonly<Record<Vendor, Partial<Env>>> = {
  replicate: { REPLICATE_API_TOKEN: 'k' },
  openai: { OPENAI_API_KEY: 'k' },
  gemini: { GEMINI_API_KEY: 'k' },
  stability: { STABILITY_API_KEY: 'k' },
  bfl: { BFL_API_KEY: 'k' },
  recraft: { RECRAFT_API_TOKEN: 'k' },
  bedrock: { AWS_BEARER_TOKEN_BEDROCK: 'k' },
  'self-hosted': { SELF_HOSTED_BEARER: 'k' },
};

const names = (table: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(table).filter((name) => table[name]);

describe('health', () => {
  it('names the vendors that have a key, and no other', async () => {
    const without = await get<HealthAnswer>('/api/health', noKeys);
    expect([without.ok, Object.keys(without.vendors), names(without.vendors)]).toEqual([
      true,
      [...vendors],
      [],
    ]);
    for (const vendor of vendors) {
      const some = await get<HealthAnswer>('/api/health', { ...noKeys, ...withKey[vendor] });
      expect(names(some.vendors)).toEqual([vendor]);
    }
  });

  it('does not count half of a pair, nor a generator without an address', async () => {
    const half = { AWS_ACCESS_KEY_ID: 'k', SELF_HOSTED_KEY: 'k' };
    expect(names((await get<HealthAnswer>('/api/health', { ...noKeys, ...half })).vendors)).toEqual(
      [],
    );
    const nowhere = { ...noKeys, SELF_HOSTED_BEARER: 'k', LOOPBACK_HOSTS: '' };
    expect((await get<HealthAnswer>('/api/health', nowhere)).vendors['self-hosted']).toBe(false);
  });

  it('says when the bucket cannot be reached', async () => {
    const FILES = { head: () => Promise.reject(new Error('down')) } as unknown as R2Bucket;
    const { ok, storage } = await get<HealthAnswer>('/api/health', { FILES });
    expect([ok, storage]).toEqual([false, false]);
  });
});

describe('the list of models', () => {
  it('tells of each one what it takes, costs and replaces, and whether its key is there', async () => {
    const settings = { ...noKeys, ...withKey.openai };
    const { models, styles: given } = await get<ModelsAnswer>('/api/models', settings);
    expect(given.map(({ id }) => id)).toEqual([...styles]);
    for (const model of models) {
      expect(model.keyPresent, model.id).toBe(model.vendor === 'openai');
      expect(['none', 'optional', 'required'], model.id).toContain(model.mask);
      expect(Number.isInteger(model.price.micros), model.id).toBe(true);
      const free = model.vendor === 'self-hosted';
      if (model.status !== 'retired') expect(model.price.micros === 0, model.id).toBe(free);
      else
        expect(models.find(({ id }) => id === model.replacedBy)?.status, model.id).toBe('active');
      for (const rule of Object.values(model.parameters)) {
        if (rule.kind === 'integer' || rule.kind === 'number')
          expect(rule.max > rule.min).toBe(true);
        if (rule.kind === 'enum') expect(rule.values.length).toBeGreaterThan(0);
      }
    }
  });

  it('has every model that was asked for, alive or with its successor', async () => {
    const { models } = await get<ModelsAnswer>('/api/models', {});
    const known = new Set(models.map(({ vendor, vendorModel }) => `${vendor} ${vendorModel}`));
    const wanted = [
      ...['imagen-4', 'imagen-4-fast', 'imagen-4-ultra', 'nano-banana', 'nano-banana-2'].map(
        (name) => `replicate google/${name}`,
      ),
      'replicate google/nano-banana-pro',
      'replicate qwen/qwen-image',
      'replicate qwen/qwen-image-edit-plus',
      'replicate bytedance/seededit-3.0',
      'replicate bytedance/seedream-4',
      'replicate google/veo-3.1',
      'replicate google/veo-3.1-fast',
      'replicate schananas/grounded_sam',
      'replicate black-forest-labs/flux-fill-pro',
      'bedrock amazon.nova-canvas-v1:0',
      'bedrock stability.stable-image-core-v1:1',
      'bedrock us.stability.stable-image-inpaint-v1:0',
      'bedrock us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ...['dall-e-2', 'dall-e-3', 'gpt-image-1', 'gpt-image-1.5', 'gpt-image-2'].map(
        (name) => `openai ${name}`,
      ),
      'gemini gemini-3.1-flash-image',
      'gemini gemini-3-pro-image',
      'gemini gemini-2.5-flash-image',
      'gemini gemini-omni-1.1-flash',
      'gemini veo-3.1-generate-preview',
      'stability edit/inpaint',
      'bfl flux-2-pro',
      'bfl flux-pro-1.0-fill',
      'recraft recraftv3',
      'self-hosted qwen-image',
    ];
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });
});
