import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import { bill, dataUrl, type Json, pngBase64, postJson, send, until } from './testing.ts';

let doubles: Doubles;
let api: string;
let auth: { 'x-key': string };
beforeAll(async () => {
  doubles = await startDoubles({ jobMs: 10 });
  api = `${doubles.origins.bfl}/v1`;
  auth = { 'x-key': doubles.credentials.bfl };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const submit = (model: string, body: Json, headers: Record<string, string> = auth) =>
  postJson(`${api}/${model}`, headers, body);
const ended = (pollingUrl: unknown) =>
  until(
    () => send(String(pollingUrl), { headers: auth }),
    (a) => a.json.status !== 'Pending',
  );

const prompt = 'a red monster';
const url = 'https://example.test/a.png';
const image = pngBase64(64);
const GOOD: [string, Json, number][] = [
  ['flux-pro-1.1', { prompt, width: 1440, height: 256, safety_tolerance: 6 }, 40_000],
  ['flux-pro-1.1-ultra', { prompt, aspect_ratio: '21:9', raw: true }, 60_000],
  ['flux-kontext-pro', { prompt, input_image: image, safety_tolerance: 2 }, 40_000],
  ['flux-kontext-max', { prompt, input_image: dataUrl(8), input_image_2: url }, 80_000],
  ['flux-pro-1.0-fill', { image, mask: image, prompt, steps: 50, guidance: 60 }, 50_000],
  ['flux-pro-1.0-expand', { image: url, top: 2048 }, 50_000],
  ['flux-2-pro', { prompt, input_image: image, width: 2048, height: 1024 }, 60_000],
  ['flux-2-pro-preview', { prompt }, 30_000],
  ['flux-2-max', { prompt, input_image_8: image }, 100_000],
  ['flux-2-flex', { prompt, steps: 50, guidance: 4.5, prompt_upsampling: false }, 50_000],
  ['flux-2-klein-4b', { prompt, input_image_4: image }, 14_000],
  ['flux-2-klein-9b', { prompt, output_format: 'png' }, 15_000],
  ['flux-tools/erase-v1', { image, mask: image, dilate_pixels: 25 }, 50_000],
];

it.each(GOOD)('%s: submit, poll on the regional host, download', async (model, body, microUsd) => {
  const made = await submit(model, body);
  expect([made.status, made.json.cost]).toEqual([200, microUsd / 10_000]);
  expect(String(made.json.polling_url).startsWith(doubles.origins.bflRegion)).toBe(true);
  const { json } = await ended(made.json.polling_url);
  expect(json).toMatchObject({ id: made.json.id, status: 'Ready' });
  const { sample } = json.result as { sample: string };
  expect((await send(sample)).status).toBe(200);
  doubles.control.advance(10 * 60 * 1000);
  expect((await send(sample)).status).toBe(403);
  expect(bill(doubles, 'bfl')).toEqual({ accepted: 1, billed: 1, microUsd });
  expect(doubles.control.hostsThatSaw('bfl').sort()).toEqual(['bfl', 'bflRegion']);
});

describe('refusals', () => {
  it.each<[string, string, Json, number]>([
    ['no prompt', 'flux-2-pro', {}, 422],
    ['an unknown field', 'flux-2-pro', { prompt, steps: 10 }, 422],
    ['a width not ÷ 32', 'flux-pro-1.1', { prompt, width: 1000 }, 422],
    ['a width not ÷ 16', 'flux-2-pro', { prompt, width: 1000 }, 422],
    ['more than 4 MP', 'flux-2-pro', { prompt, width: 4096, height: 2048 }, 422],
    ['tolerance of 6 on FLUX.2', 'flux-2-pro', { prompt, safety_tolerance: 6 }, 422],
    [
      'tolerance of 3 with an image',
      'flux-kontext-pro',
      { prompt, input_image: image, safety_tolerance: 3 },
      422,
    ],
    ['a ratio of 4:1', 'flux-pro-1.1-ultra', { prompt, aspect_ratio: '4:1' }, 422],
    ['a fifth picture on klein', 'flux-2-klein-4b', { prompt, input_image_5: image }, 422],
    ['webp', 'flux-2-pro', { prompt, output_format: 'webp' }, 422],
    ['fourteen steps', 'flux-pro-1.0-fill', { image, prompt, steps: 14 }, 422],
    ['a picture that is none', 'flux-pro-1.0-fill', { image: 'AAEC', prompt }, 422],
    ['a mask of another size', 'flux-pro-1.0-fill', { image, mask: pngBase64(32), prompt }, 422],
    ['a prompt for erase', 'flux-tools/erase-v1', { image, mask: image, prompt }, 422],
    ['erase without a mask', 'flux-tools/erase-v1', { image }, 422],
    ['an http webhook', 'flux-2-pro', { prompt, webhook_url: 'http://a.test/' }, 422],
    ['an unknown path', 'flux-kontext', { prompt }, 404],
    ['a field of objects', 'constructor', { prompt }, 404],
  ])('%s', async (_name, model, body, status) => {
    const answer = await submit(model, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toHaveProperty('detail');
    expect(bill(doubles, 'bfl').accepted).toBe(0);
  });

  it('keys', async () => {
    expect((await submit('flux-2-pro', { prompt }, {})).status).toBe(401);
    expect((await submit('flux-2-pro', { prompt }, { 'x-key': 'no' })).status).toBe(403);
    const bearer = { authorization: `Bearer ${doubles.credentials.bfl}` };
    expect((await submit('flux-2-pro', { prompt }, bearer)).status).toBe(401);
  });

  it('the twenty-fifth task in flight', async () => {
    doubles.control.fault({ host: 'bfl', fault: { kind: 'stuck' }, times: 24 });
    for (let i = 0; i < 24; i++) expect((await submit('flux-2-pro', { prompt })).status).toBe(200);
    const answer = await submit('flux-2-pro', { prompt });
    expect([answer.status, answer.json.error]).toEqual([429, 'rate_limit_exceeded']);
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(bill(doubles, 'bfl').accepted).toBe(24);
  });
});

describe('endings', () => {
  it.each([
    ['input', 'Request Moderated'],
    ['output', 'Content Moderated'],
  ] as const)('%s moderation is a 200 and free', async (stage, status) => {
    doubles.control.fault({ host: 'bfl', fault: { kind: 'moderate', stage } });
    const made = await submit('flux-2-pro', { prompt });
    const { json } = await ended(made.json.polling_url);
    expect(json).toMatchObject({ status, details: { 'Moderation Reasons': expect.any(Array) } });
    expect(bill(doubles, 'bfl')).toEqual({ accepted: 1, billed: 0, microUsd: 0 });
  });

  it('failure and unknown ids', async () => {
    doubles.control.fault({ host: 'bfl', fault: { kind: 'fail', message: 'broken' } });
    const made = await submit('flux-2-pro', { prompt });
    expect((await ended(made.json.polling_url)).json).toMatchObject({ status: 'Error' });
    const stranger = await send(`${api}/get_result?id=none`, { headers: auth });
    expect([stranger.status, stranger.json.status]).toEqual([200, 'Task not found']);
    expect((await send(`${api}/get_result`, { headers: auth })).status).toBe(422);
  });
});
