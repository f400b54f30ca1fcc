import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REPLICATE_MODELS } from './replicate-models.ts';
import { type Doubles, startDoubles } from './server.ts';
import { bill, dataUrl, type Json, postJson, send, until } from './testing.ts';

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

const url = 'https://example.test/a.png';
const GOOD: [string, Json, number][] = [
  ['google/imagen-4', { prompt: 'p', aspect_ratio: '16:9', output_format: 'png' }, 40_000],
  ['google/imagen-4-ultra', { prompt: 'p', safety_filter_level: 'block_low_and_above' }, 60_000],
  ['google/imagen-4-fast', { prompt: 'p' }, 20_000],
  ['google/nano-banana', { prompt: 'p', image_input: [url, dataUrl(8)] }, 39_000],
  ['google/nano-banana-2', { prompt: 'p', resolution: '2K', google_search: true }, 67_000],
  ['google/nano-banana-pro', { prompt: 'p', resolution: '4K' }, 134_000],
  ['qwen/qwen-image', { prompt: 'p', guidance: 4, num_inference_steps: 30, strength: 0.9 }, 25_000],
  ['qwen/qwen-image-edit-plus', { prompt: 'p', image: [url], output_quality: 95 }, 30_000],
  ['bytedance/seededit-3.0', { prompt: 'p', image: url, guidance_scale: 5.5, seed: 1 }, 30_000],
  [
    'bytedance/seedream-4',
    {
      prompt: 'p',
      size: 'custom',
      width: 2048,
      height: 1024,
      sequential_image_generation: 'auto',
      max_images: 3,
    },
    90_000,
  ],
  ['google/veo-3.1', { prompt: 'p', duration: 8, reference_images: [url] }, 3_200_000],
  [
    'google/veo-3.1-fast',
    { prompt: 'p', duration: 4, resolution: '720p', generate_audio: true },
    600_000,
  ],
  ['black-forest-labs/flux-fill-pro', { prompt: 'p', image: url, mask: dataUrl(8) }, 50_000],
];

describe('every model', () => {
  it.each(GOOD)('%s', async (name, input, microUsd) => {
    const made = await create(name, input, { prefer: 'wait=5' });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ model: name, status: 'succeeded', version: 'hidden' });
    const outputs = [made.json.output].flat() as string[];
    expect(Array.isArray(made.json.output)).toBe(REPLICATE_MODELS[name]!.output === 'uri[]');
    for (const output of outputs) {
      expect(output.startsWith(doubles.origins.replicateDelivery)).toBe(true);
      expect((await send(output)).status).toBe(200);
    }
    expect(bill(doubles, 'replicate')).toEqual({ accepted: 1, billed: 1, microUsd });
  });

  it('grounded_sam by its version hash, masks in fixed order', async () => {
    const input = {
      image: url,
      mask_prompt: 'dog',
      negative_mask_prompt: '',
      adjustment_factor: -5,
    };
    for (const version of [SAM, `schananas/grounded_sam:${SAM}`]) {
      const made = await postJson(`${api}/predictions`, auth, { version, input });
      expect(made.status).toBe(201);
      const output = (await ended(made.json.id)).json.output as string[];
      expect(output.map((o) => o.split('/').at(-1))).toEqual([
        'annotated_picture_mask.jpg',
        'neg_annotated_picture_mask.jpg',
        'mask.jpg',
        'inverted_mask.jpg',
      ]);
    }
  });
});

describe('refused create calls', () => {
  const imagen = 'google/imagen-4';
  const prompt = { prompt: 'p' };
  it.each<[string, string, Json, Json, Record<string, string>, number, string]>([
    ['no prompt', imagen, {}, {}, {}, 422, 'required'],
    ['a wrong ratio', imagen, { ...prompt, aspect_ratio: '2:1' }, {}, {}, 422, 'enum'],
    [
      'an unknown input',
      imagen,
      { ...prompt, seed: 1 },
      {},
      {},
      422,
      'additional_property_not_allowed',
    ],
    [
      'an unknown field',
      imagen,
      prompt,
      { model: imagen },
      {},
      422,
      'additional_property_not_allowed',
    ],
    [
      'a version',
      imagen,
      prompt,
      { version: 'hidden' },
      {},
      422,
      'additional_property_not_allowed',
    ],
    [
      'one image as string',
      'qwen/qwen-image-edit-plus',
      { ...prompt, image: url },
      {},
      {},
      422,
      'invalid_type',
    ],
    [
      'quality above 100',
      'qwen/qwen-image',
      { ...prompt, output_quality: 101 },
      {},
      {},
      422,
      'number_lte',
    ],
    [
      'an http input',
      'bytedance/seededit-3.0',
      { ...prompt, image: 'http://a/b' },
      {},
      {},
      422,
      'format',
    ],
    ['a duration of 5', 'google/veo-3.1', { ...prompt, duration: 5 }, {}, {}, 422, 'enum'],
    ['a last frame alone', 'google/veo-3.1', { ...prompt, last_frame: url }, {}, {}, 422, 'format'],
    [
      'references on -fast',
      'google/veo-3.1-fast',
      { ...prompt, reference_images: [url] },
      {},
      {},
      422,
      'additional',
    ],
    [
      'references at 4 s',
      'google/veo-3.1',
      { ...prompt, duration: 4, reference_images: [url] },
      {},
      {},
      422,
      'format',
    ],
    [
      'sixteen pictures',
      'bytedance/seedream-4',
      { ...prompt, image_input: [url, url], max_images: 14 },
      {},
      {},
      422,
      'format',
    ],
    ['a community model', 'schananas/grounded_sam', { image: url }, {}, {}, 404, 'Not found'],
    ['an unknown model', 'google/imagen-9', prompt, {}, {}, 404, 'Not found'],
    ['an http webhook', imagen, prompt, { webhook: 'http://a.test/' }, {}, 422, 'format'],
    ['an unknown event', imagen, prompt, { webhook_events_filter: ['end'] }, {}, 422, 'enum'],
    ['Prefer: wait=61', imagen, prompt, {}, { prefer: 'wait=61' }, 400, 'Prefer'],
    ['Prefer: respond-async', imagen, prompt, {}, { prefer: 'respond-async' }, 400, 'Prefer'],
    ['Cancel-After: 4s', imagen, prompt, {}, { 'cancel-after': '4s' }, 422, 'Cancel-After'],
    [
      'another content type',
      imagen,
      prompt,
      {},
      { 'content-type': 'text/plain' },
      415,
      'Content-Type',
    ],
    [
      'a wrong token',
      imagen,
      prompt,
      {},
      { authorization: 'Bearer r8_no' },
      401,
      'Unauthenticated',
    ],
    ['the Token scheme', imagen, prompt, {}, { authorization: 'Token X' }, 401, 'Unauthenticated'],
  ])('%s', async (_name, model, input, more, headers, status, fragment) => {
    const answer = await create(model, input, headers, more);
    expect(answer.status).toBe(status);
    expect(answer.json.status).toBe(status);
    expect(JSON.stringify(answer.json)).toContain(fragment);
    expect(bill(doubles, 'replicate').accepted).toBe(0);
  });

  it('a version that does not exist', async () => {
    for (const version of ['f'.repeat(64), 'schananas/grounded_sam', `other/name:${SAM}`]) {
      const answer = await postJson(`${api}/predictions`, auth, { version, input: {} });
      expect([answer.status, answer.json.title]).toEqual([422, 'Invalid version or not permitted']);
    }
  });

  it('text that is not JSON', async () => {
    const answer = await postJson(`${api}/models/google/imagen-4/predictions`, auth, '{"input":');
    expect(answer.status).toBe(400);
  });
});
