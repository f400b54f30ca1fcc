/** Rules of the vendors drawn across the contract, each broken once: a double must refuse it. */
import { AwsClient } from 'aws4fetch';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { png } from './pictures.ts';
import { type Doubles, startDoubles } from './server.ts';
import { type Json, pngBase64, pngFile, postForm, postJson, send } from './testing.ts';

let doubles: Doubles;
/** The same vendors on a day when Nova Canvas was alive. */
let summer: Doubles;
beforeAll(async () => {
  doubles = await startDoubles();
  summer = await startDoubles({ asOf: '2026-06-01' });
});
afterAll(async () => {
  await doubles.close();
  await summer.close();
});
beforeEach(() => {
  doubles.control.reset();
  summer.control.reset();
});

const prompt = 'a red kite';
const link = 'https://example.test/a.png';
const image = pngBase64(320);
const greyMask = png(320, 320, 3, () => [128, 128, 128]).toString('base64');

const replicate = (path: string, body: Json, headers: Record<string, string> = {}) =>
  postJson(
    `${doubles.origins.replicate}/v1/${path}`,
    { authorization: `Bearer ${doubles.credentials.replicate}`, ...headers },
    body,
  );
const predict = (model: string, input: Json) => replicate(`models/${model}/predictions`, { input });
const bedrock = (model: string, body: Json, at = doubles) =>
  postJson(
    `${at.origins.bedrock}/model/${encodeURIComponent(model)}/invoke`,
    { authorization: `Bearer ${at.credentials.bedrockBearer}` },
    body,
  );
const nova = (body: Json) => bedrock('amazon.nova-canvas-v1:0', body, summer);
const openaiKey = () => ({ authorization: `Bearer ${doubles.credentials.openai}` });
const openai = (body: Json) =>
  postJson(`${doubles.origins.openai}/v1/images/generations`, openaiKey(), {
    model: 'gpt-image-2',
    prompt,
    ...body,
  });
const gemini = (path: string, body: Json) =>
  postJson(
    `${doubles.origins.gemini}/v1beta/${path}`,
    { 'x-goog-api-key': doubles.credentials.gemini },
    body,
  );
const picture = (model: string, imageConfig: Json) =>
  gemini(`models/${model}:generateContent`, {
    contents: [{ role: 'user', parts: [{ text: prompt }] }],
    generationConfig: { responseModalities: ['IMAGE'], imageConfig },
  });
const omni = (more: Json, format: Json) =>
  gemini('interactions', {
    model: 'gemini-omni-1.1-flash',
    input: prompt,
    background: true,
    response_format: {
      ...{ type: 'video', delivery: 'uri', aspect_ratio: '16:9', duration: '8s' },
      ...format,
    },
    ...more,
  });
const stability = (
  operation: string,
  fields: Parameters<typeof postForm>[2],
  headers: Record<string, string> = {},
) =>
  postForm(
    `${doubles.origins.stability}/v2beta/stable-image/${operation}`,
    { authorization: `Bearer ${doubles.credentials.stability}`, accept: 'image/*', ...headers },
    fields,
  );
const bfl = (model: string, body: Json) =>
  postJson(`${doubles.origins.bfl}/v1/${model}`, { 'x-key': doubles.credentials.bfl }, body);
const recraftKey = () => ({ authorization: `Bearer ${doubles.credentials.recraft}` });
const recraft = (body: Json) =>
  postJson(`${doubles.origins.recraft}/v1/images/generations`, recraftKey(), { prompt, ...body });

/** A signed call under another service name than the vendor's. */
async function signedFor(service: string) {
  const { awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = doubles.credentials;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region: 'us-west-2', service });
  const model = encodeURIComponent('stability.stable-image-core-v1:1');
  const request = await client.sign(`${doubles.origins.bedrock}/model/${model}/invoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ prompt }),
  });
  const headers = Object.fromEntries(request.headers);
  return send(request.url, { method: 'POST', headers, body: await request.text() });
}

type Answer = Awaited<ReturnType<typeof send>>;

const rules: readonly (readonly [rule: string, status: number, broken: () => Promise<Answer>])[] = [
  // Replicate
  ['the top level is closed', 422, () => replicate('predictions', { input: { prompt }, seed: 1 })],
  [
    'wait takes at most 60 s',
    400,
    () =>
      replicate('models/qwen/qwen-image/predictions', { input: { prompt } }, { prefer: 'wait=61' }),
  ],
  [
    'a community model has no official path',
    404,
    () => predict('schananas/grounded_sam', { image: link, mask_prompt: 'kite' }),
  ],
  [
    'seedream makes at most 15 pictures',
    422,
    () => predict('bytedance/seedream-4', { prompt, max_images: 16 }),
  ],
  ['veo lasts 4, 6 or 8 s', 422, () => predict('google/veo-3.1', { prompt, duration: 5 })],
  [
    'veo fast takes no reference pictures',
    422,
    () => predict('google/veo-3.1-fast', { prompt, reference_images: [link] }),
  ],
  [
    'edit-plus takes a list even of one',
    422,
    () => predict('qwen/qwen-image-edit-plus', { prompt, image: link }),
  ],
  [
    'webhooks are https',
    422,
    () =>
      replicate('models/qwen/qwen-image/predictions', {
        input: { prompt },
        webhook: 'http://proxy.test/hook',
      }),
  ],
  // Bedrock
  [
    'Nova Canvas has ended',
    404,
    () =>
      bedrock('amazon.nova-canvas-v1:0', {
        taskType: 'TEXT_IMAGE',
        textToImageParams: { text: prompt },
      }),
  ],
  [
    'Nova sides are multiples of 16',
    400,
    () =>
      nova({
        taskType: 'TEXT_IMAGE',
        textToImageParams: { text: prompt },
        imageGenerationConfig: { width: 1000, height: 1024 },
      }),
  ],
  [
    'Nova masks are pure black and white',
    400,
    () =>
      nova({
        taskType: 'INPAINTING',
        inPaintingParams: { image, maskImage: greyMask, text: prompt },
      }),
  ],
  [
    'Nova background removal takes no settings',
    400,
    () =>
      nova({
        taskType: 'BACKGROUND_REMOVAL',
        backgroundRemovalParams: { image },
        imageGenerationConfig: { seed: 1 },
      }),
  ],
  [
    'a mask or a mask prompt, not both',
    400,
    () =>
      nova({
        taskType: 'OUTPAINTING',
        outPaintingParams: { image, maskImage: greyMask, maskPrompt: 'sky', text: prompt },
      }),
  ],
  [
    'Stability seeds end at 4294967294',
    400,
    () => bedrock('stability.stable-image-core-v1:1', { prompt, seed: 4_294_967_295 }),
  ],
  [
    'Stability on Bedrock takes JSON, not data URLs',
    400,
    () =>
      bedrock('us.stability.stable-image-remove-background-v1:0', {
        image: `data:image/png;base64,${image}`,
      }),
  ],
  ['the signing name is bedrock', 403, () => signedFor('bedrock-runtime')],
  // OpenAI
  ['response_format is unknown', 400, () => openai({ response_format: 'b64_json' })],
  ['dall-e-3 has ended', 404, () => openai({ model: 'dall-e-3' })],
  [
    'transparent needs png or webp',
    400,
    () => openai({ background: 'transparent', output_format: 'jpeg' }),
  ],
  ['sizes are multiples of 16', 400, () => openai({ size: '1000x1000' })],
  ['sizes are at most 3 : 1', 400, () => openai({ size: '3200x1024' })],
  ['ten pictures at most', 400, () => openai({ n: 11 })],
  [
    'compression is for jpeg and webp',
    400,
    () => openai({ output_format: 'png', output_compression: 50 }),
  ],
  [
    'a mask needs alpha',
    400,
    () =>
      postForm(`${doubles.origins.openai}/v1/images/edits`, openaiKey(), {
        ...{ model: 'gpt-image-2', prompt },
        image: pngFile(64),
        mask: pngFile(64),
      }),
  ],
  // Gemini
  [
    'eight to one is for flash only',
    400,
    () => picture('gemini-3-pro-image', { aspectRatio: '8:1' }),
  ],
  ['sizes have a capital K', 400, () => picture('gemini-3-pro-image', { imageSize: '2k' })],
  [
    'personGeneration is not of this API',
    400,
    () => picture('gemini-3-pro-image', { personGeneration: 'ALLOW_ALL' }),
  ],
  ['nano banana has ended', 404, () => picture('gemini-2.5-flash-image', {})],
  ['durations are text with an s', 400, () => omni({}, { duration: 8 })],
  ['without a store nothing runs in the background', 400, () => omni({ store: false }, {})],
  // Stability
  ['an outpaint needs a side', 400, () => stability('edit/outpaint', { image: pngFile(64) })],
  [
    'only two kinds of Accept',
    400,
    () => stability('generate/core', { prompt }, { accept: 'application/xml' }),
  ],
  [
    'ten mebibytes at most',
    413,
    () =>
      stability('edit/remove-background', {
        image: {
          type: 'image/png',
          data: Buffer.concat([pngFile(64).data, Buffer.alloc(10_500_000)]),
        },
      }),
  ],
  // BFL
  ['FLUX.2 sides are multiples of 16', 422, () => bfl('flux-2-pro', { prompt, width: 1000 })],
  ['FLUX.2 tolerance ends at 5', 422, () => bfl('flux-2-pro', { prompt, safety_tolerance: 6 })],
  ['FLUX 1.1 sides end at 1440', 422, () => bfl('flux-pro-1.1', { prompt, width: 1472 })],
  [
    'erasing takes no prompt',
    422,
    () => bfl('flux-tools/erase-v1', { image, mask: image, prompt }),
  ],
  [
    'fill steps begin at 15',
    422,
    () => bfl('flux-pro-1.0-fill', { image, mask: image, prompt, steps: 14 }),
  ],
  // Recraft
  [
    'V3 prompts end at 1000 characters',
    400,
    () => recraft({ model: 'recraftv3', prompt: 'x'.repeat(1001) }),
  ],
  ['V4 has no styles', 400, () => recraft({ model: 'recraftv4_1', style: 'any' })],
  [
    'a style or one’s own, not both',
    400,
    () => recraft({ model: 'recraftv3', style: 'any', style_id: crypto.randomUUID() }),
  ],
  [
    'masks are two levels of grey',
    400,
    async () => {
      const raw = { width: 256, height: 256, channels: 1 } as const;
      const flat = sharp(Buffer.alloc(256 * 256, 128), { raw }).toColourspace('b-w');
      return postForm(`${doubles.origins.recraft}/v1/images/inpaint`, recraftKey(), {
        ...{ prompt, model: 'recraftv3' },
        image: pngFile(256),
        mask: { type: 'image/png', data: await flat.png().toBuffer() },
      });
    },
  ],
  // One's own generator
  [
    'half a token is none',
    401,
    () =>
      postJson(
        `${doubles.origins.modal}/v1/generate`,
        { 'modal-key': doubles.credentials.modalKey },
        { prompt, width: 64, height: 64, output_format: 'png' },
      ),
  ],
];

describe('a broken rule is refused and costs nothing', () => {
  it.each(rules)('%s (%i)', async (_rule, status, broken) => {
    const answer = await broken();
    expect(answer.status, answer.bytes.toString('utf8').slice(0, 300)).toBe(status);
    expect([...doubles.control.charges(), ...summer.control.charges()]).toEqual([]);
  });
});
