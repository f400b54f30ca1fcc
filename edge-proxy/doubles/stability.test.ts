import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import { STABILITY_OPERATIONS } from './stability-fields.ts';
import { bill, pngFile, postForm, postJson, send, until } from './testing.ts';

type Form = Parameters<typeof postForm>[2];
let doubles: Doubles;
let api: string;
let auth: { authorization: string };
beforeAll(async () => {
  doubles = await startDoubles({ jobMs: 10 });
  api = doubles.origins.stability;
  auth = { authorization: `Bearer ${doubles.credentials.stability}` };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const AS_JSON = { accept: 'application/json' };
const call = (name: string, form: Form, headers: Record<string, string> = AS_JSON) =>
  postForm(`${api}/v2beta/stable-image/${name}`, { ...auth, ...headers }, form);

const prompt = { prompt: 'a red monster' };
const image = pngFile(64);
const GOOD: Record<string, Form> = {
  'generate/core': {
    ...prompt,
    aspect_ratio: '21:9',
    style_preset: 'anime',
    output_format: 'webp',
  },
  'generate/ultra': { ...prompt, image, strength: '0.5' },
  'generate/sd3': { ...prompt, model: 'sd3.5-medium', cfg_scale: '4', seed: '4294967294' },
  'edit/inpaint': { ...prompt, image, mask: pngFile(64), grow_mask: '100' },
  'edit/erase': { image, mask: pngFile(64), grow_mask: '20' },
  'edit/outpaint': { image, left: '0', up: '2000', creativity: '0.5' },
  'edit/search-and-replace': { ...prompt, image, search_prompt: 'dog' },
  'edit/search-and-recolor': { ...prompt, image, select_prompt: 'dog' },
  'edit/remove-background': { image, output_format: 'png' },
  'edit/replace-background-and-relight': { subject_image: image, background_prompt: 'sea' },
  'control/sketch': { ...prompt, image, control_strength: '0.7' },
  'control/structure': { ...prompt, image },
  'control/style': { ...prompt, image, fidelity: '0.5' },
  'control/style-transfer': { init_image: image, style_image: image },
  'upscale/fast': { image },
  'upscale/conservative': { ...prompt, image, creativity: '0.3' },
  'upscale/creative': { ...prompt, image },
};

it.each(Object.keys(STABILITY_OPERATIONS))(
  '%s: accepted, charged once by its credits',
  async (name) => {
    const answer = await call(name, GOOD[name]!);
    expect(answer.status).toBe(200);
    const { credits, later } = STABILITY_OPERATIONS[name]!;
    const each = typeof credits === 'number' ? credits : credits['sd3.5-medium']!;
    expect(bill(doubles, 'stability')).toEqual({ accepted: 1, billed: 1, microUsd: each * 10_000 });
    if (!later) {
      expect(answer.json).toMatchObject({ finish_reason: 'SUCCESS', seed: expect.any(Number) });
      return;
    }
    const poll = () =>
      send(`${api}/v2beta/results/${String(answer.json.id)}`, {
        headers: { ...auth, accept: 'image/*' },
      });
    const result = await until(poll, (a) => a.status !== 202);
    expect([result.status, result.headers.get('finish-reason')]).toEqual([200, 'SUCCESS']);
  },
);

it('answers bytes with headers for image/*', async () => {
  const answer = await call('generate/core', prompt, { accept: 'image/*' });
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.bytes.toString('latin1', 1, 4)).toBe('PNG');
  expect(answer.headers.get('seed')).toMatch(/^\d+$/);
});

describe('refusals', () => {
  const big = { type: 'image/png', data: Buffer.alloc(10 * 1024 * 1024 + 1) };
  it.each<[string, string, Form, Record<string, string>, number]>([
    ['no prompt', 'generate/core', { seed: '1' }, AS_JSON, 400],
    ['an empty prompt', 'generate/core', { prompt: '' }, AS_JSON, 400],
    ['an unknown field', 'generate/core', { ...prompt, width: '512' }, AS_JSON, 400],
    ['a wrong ratio', 'generate/core', { ...prompt, aspect_ratio: '4:3' }, AS_JSON, 400],
    ['a wrong style', 'generate/core', { ...prompt, style_preset: 'grunge' }, AS_JSON, 400],
    ['a seed in words', 'generate/core', { ...prompt, seed: 'one' }, AS_JSON, 400],
    ['a seed too large', 'generate/core', { ...prompt, seed: '4294967295' }, AS_JSON, 400],
    ['a prompt twice', 'generate/core', { prompt: ['a', 'b'] }, AS_JSON, 400],
    ['an image without strength', 'generate/ultra', { ...prompt, image }, AS_JSON, 400],
    [
      'an image in text-to-image',
      'generate/sd3',
      { ...prompt, image, strength: '1' },
      AS_JSON,
      400,
    ],
    [
      'a ratio in image-to-image',
      'generate/sd3',
      { ...prompt, mode: 'image-to-image', image, strength: '1', aspect_ratio: '1:1' },
      AS_JSON,
      400,
    ],
    ['a dead SD model', 'generate/sd3', { ...prompt, model: 'sd3-large' }, AS_JSON, 400],
    ['no image', 'edit/erase', { grow_mask: '5' }, AS_JSON, 400],
    ['an image of 63 px', 'edit/erase', { image: pngFile(63) }, AS_JSON, 400],
    ['an image of 3:1', 'edit/erase', { image: pngFile(300, 100) }, AS_JSON, 400],
    [
      'an image that is none',
      'edit/erase',
      { image: { type: 'image/png', data: Buffer.alloc(64) } },
      AS_JSON,
      400,
    ],
    ['grow_mask of 21 on erase', 'edit/erase', { image, grow_mask: '21' }, AS_JSON, 400],
    ['no direction', 'edit/outpaint', { image, left: '0' }, AS_JSON, 400],
    [
      'neither background',
      'edit/replace-background-and-relight',
      { subject_image: image },
      AS_JSON,
      400,
    ],
    ['accept */*', 'generate/core', prompt, { accept: '*/*' }, 400],
    ['a wrong key', 'generate/core', prompt, { ...AS_JSON, authorization: 'Bearer no' }, 401],
    [
      'a long client id',
      'generate/core',
      prompt,
      { ...AS_JSON, 'stability-client-id': 'x'.repeat(257) },
      400,
    ],
    ['more than 10 MiB', 'edit/erase', { image: big }, AS_JSON, 413],
    ['an unknown path', 'edit/paint', prompt, AS_JSON, 404],
  ])('%s', async (_name, name, form, headers, status) => {
    const answer = await call(name, form, headers);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.json).sort()).toEqual(['errors', 'id', 'name']);
    expect(bill(doubles, 'stability').accepted).toBe(0);
  });

  it('JSON instead of a form', async () => {
    const url = `${api}/v2beta/stable-image/generate/core`;
    expect((await postJson(url, { ...auth, ...AS_JSON }, prompt)).status).toBe(400);
  });
});

it('moderation: 403 for input, CONTENT_FILTERED for output', async () => {
  doubles.control.fault({ host: 'stability', fault: { kind: 'moderate', stage: 'input' } });
  const input = await call('generate/core', prompt);
  expect([input.status, input.json.name]).toEqual([403, 'content_moderation']);
  doubles.control.fault({ host: 'stability', fault: { kind: 'moderate', stage: 'output' } });
  expect((await call('generate/core', prompt)).json.finish_reason).toBe('CONTENT_FILTERED');
});

it('results: 202 while running, 404 after a day or for a stranger', async () => {
  doubles.control.fault({ host: 'stability', fault: { kind: 'stuck' } });
  const { id } = (await call('upscale/creative', GOOD['upscale/creative']!)).json;
  const poll = (name: unknown) =>
    send(`${api}/v2beta/results/${String(name)}`, { headers: { ...auth, ...AS_JSON } });
  expect((await poll(id)).status).toBe(202);
  expect((await poll('abc')).status).toBe(404);
  await doubles.control.finishJob('stability', String(id));
  expect((await poll(id)).json.finish_reason).toBe('SUCCESS');
  doubles.control.advance(24 * 60 * 60 * 1000 + 1000);
  expect((await poll(id)).status).toBe(404);
});

it('balance', async () => {
  expect((await send(`${api}/v1/user/balance`, { headers: auth })).json).toEqual({ credits: 1000 });
});
