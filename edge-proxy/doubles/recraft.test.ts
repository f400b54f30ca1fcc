import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import {
  bill,
  type FormFile,
  halfWhite,
  type Json,
  pngFile,
  postForm,
  postJson,
  send,
} from './testing.ts';

type Form = Parameters<typeof postForm>[2];
let doubles: Doubles;
let api: string;
let auth: { authorization: string };
let mask: FormFile;
beforeAll(async () => {
  doubles = await startDoubles();
  api = `${doubles.origins.recraft}/v1`;
  auth = { authorization: `Bearer ${doubles.credentials.recraft}` };
  mask = await greyMask(255);
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

/** A grayscale PNG of 256 × 256, upper half `level`, lower half black. */
async function greyMask(level: number): Promise<FormFile> {
  const raw = Buffer.alloc(256 * 256);
  raw.fill(level, 0, 256 * 128);
  const data = await sharp(raw, { raw: { width: 256, height: 256, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return { type: 'image/png', data };
}

const prompt = 'a red monster';
const generate = (body: Json) => postJson(`${api}/images/generations`, auth, { prompt, ...body });
const use = (tool: string, form: Form) => postForm(`${api}/images/${tool}`, auth, form);

describe('generations', () => {
  it.each<[string, Json, number]>([
    [
      'V3',
      {
        model: 'recraftv3',
        style: 'realistic_image',
        substyle: 'b_and_w',
        size: '1820x1024',
        n: 6,
      },
      240_000,
    ],
    [
      'V3 controls',
      {
        model: 'recraftv3',
        controls: { colors: [{ rgb: [1, 2, 3] }], no_text: true },
        text_layout: [
          {
            text: 'Hi',
            bbox: [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
            ],
          },
        ],
      },
      40_000,
    ],
    ['vector', { model: 'recraftv3', style: 'vector_illustration' }, 80_000],
    ['the default', { size: '16:9', response_format: 'b64_json' }, 40_000],
  ])('takes %s', async (_name, body, microUsd) => {
    const answer = await generate(body);
    expect(answer.status).toBe(200);
    expect(answer.json.data).toHaveLength(Number(body.n ?? 1));
    expect(answer.json.credits).toBe(microUsd / 1000);
    expect(bill(doubles, 'recraft')).toEqual({ accepted: 1, billed: 1, microUsd });
  });

  it('serves links without a key; vectors are SVG', async () => {
    const answer = await generate({ model: 'recraftv3', style: 'icon' });
    const { url } = (answer.json.data as { url: string }[])[0]!;
    const file = await send(url);
    expect(file.headers.get('content-type')).toBe('image/svg+xml');
    doubles.control.expireOutputs();
    expect((await send(url)).status).toBe(404);
  });

  it.each<[string, Json]>([
    ['no prompt', { prompt: undefined }],
    ['a V3 prompt of 1,001', { model: 'recraftv3', prompt: 'x'.repeat(1001) }],
    ['an unknown model', { model: 'recraftv9' }],
    ['a style on V4', { model: 'recraftv4', style: 'any' }],
    ['a negative prompt on the default', { negative_prompt: 'x' }],
    [
      'style and style_id',
      { model: 'recraftv3', style: 'any', style_id: '00000000-0000-0000-0000-000000000000' },
    ],
    ['a free size on V3', { model: 'recraftv3', size: '800x600' }],
    ['seven pictures', { n: 7 }],
    [
      'two words in a layout',
      {
        model: 'recraftv3',
        text_layout: [
          {
            text: 'Hi you',
            bbox: [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
            ],
          },
        ],
      },
    ],
    ['a colour of 256', { controls: { colors: [{ rgb: [256, 0, 0] }] } }],
    ['an unknown field', { seed: 1 }],
  ])('refuses %s', async (_name, body) => {
    expect((await generate(body)).status).toBe(400);
    expect(bill(doubles, 'recraft').accepted).toBe(0);
  });
});

describe('tools', () => {
  const image = pngFile(256);
  const rgbMask = { type: 'image/png', data: Buffer.from(halfWhite(256), 'base64') };
  it.each<[string, () => Form]>([
    ['imageToImage', () => ({ image, prompt, strength: '0.5' })],
    ['inpaint', () => ({ image, mask, prompt, model: 'recraftv3', style: 'any' })],
    ['generateBackground', () => ({ image, mask, prompt })],
    ['replaceBackground', () => ({ image, prompt })],
    ['eraseRegion', () => ({ image, mask })],
    ['removeBackground', () => ({ image })],
    ['vectorize', () => ({ image })],
    ['crispUpscale', () => ({ image, response_format: 'b64_json' })],
    ['creativeUpscale', () => ({ image, image_format: 'png' })],
  ])('takes %s', async (tool, form) => {
    const answer = await use(tool, form());
    expect(answer.status).toBe(200);
    expect('image' in answer.json || 'data' in answer.json).toBe(true);
    expect(bill(doubles, 'recraft').accepted).toBe(1);
  });

  it('imageToImage by address', async () => {
    const body = { prompt, strength: 0.2, image_url: 'https://example.test/a.png' };
    expect((await postJson(`${api}/images/imageToImage`, auth, body)).status).toBe(200);
    const inpaint = await postJson(`${api}/images/inpaint`, auth, body);
    expect(inpaint.status).toBe(400);
  });

  it.each<[string, string, () => Form | Promise<Form>]>([
    ['no strength', 'imageToImage', () => ({ image, prompt })],
    ['no mask', 'inpaint', () => ({ image, prompt })],
    ['no prompt', 'inpaint', () => ({ image, mask })],
    ['an RGB mask', 'inpaint', () => ({ image, mask: rgbMask, prompt })],
    ['a grey mask', 'inpaint', async () => ({ image, mask: await greyMask(128), prompt })],
    ['a mask of another size', 'inpaint', () => ({ image: pngFile(300), mask, prompt })],
    ['a small image', 'removeBackground', () => ({ image: pngFile(255) })],
    ['a prompt', 'removeBackground', () => ({ image, prompt })],
    ['an image as text', 'removeBackground', () => ({ image: 'abc' })],
  ])('refuses %s', async (_name, tool, form) => {
    expect((await use(tool, await form())).status).toBe(400);
    expect(bill(doubles, 'recraft').accepted).toBe(0);
  });
});

it('keys and addresses', async () => {
  const wrong = await postJson(
    `${api}/images/generations`,
    { authorization: 'Bearer no' },
    { prompt },
  );
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get('x-recraft-requestid')).not.toBeNull();
  expect((await use('paint', { prompt })).status).toBe(404);
  expect((await send(`${api}/users/me`, { headers: auth })).json.credits).toBe(1000);
});
