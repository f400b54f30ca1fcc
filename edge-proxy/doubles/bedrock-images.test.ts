import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STABILITY_IDS } from './bedrock-stability.ts';
import { png } from './pictures.ts';
import { type Doubles, startDoubles } from './server.ts';
import { bill, halfWhite, type Json, pngBase64, postJson } from './testing.ts';

let doubles: Doubles;
let origin: string;
let auth: { authorization: string };
beforeAll(async () => {
  doubles = await startDoubles({ asOf: '2026-09-01' });
  origin = doubles.origins.bedrock;
  auth = { authorization: `Bearer ${doubles.credentials.bedrockBearer}` };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const NOVA = 'amazon.nova-canvas-v1:0';
const path = (model: string, verb: string): string =>
  `${origin}/model/${encodeURIComponent(model)}/${verb}`;
const invoke = (model: string, body: unknown, headers: Record<string, string> = auth) =>
  postJson(path(model, 'invoke'), headers, body);
const errorName = (a: { headers: Headers }): string | undefined =>
  a.headers.get('x-amzn-errortype')?.split(':')[0];

const image = pngBase64(320);
const mask = halfWhite(320);
const text = 'a red monster';

describe('Nova Canvas', () => {
  it.each<[string, Json]>([
    [
      'TEXT_IMAGE',
      {
        textToImageParams: {
          text,
          style: 'PHOTOREALISM',
          conditionImage: image,
          controlStrength: 0.5,
        },
        imageGenerationConfig: {
          width: 1280,
          height: 720,
          quality: 'premium',
          cfgScale: 6.5,
          seed: 1,
          numberOfImages: 2,
        },
      },
    ],
    [
      'COLOR_GUIDED_GENERATION',
      {
        colorGuidedGenerationParams: {
          text,
          colors: ['#ff0000', '#00FF00'],
          referenceImage: image,
        },
      },
    ],
    [
      'IMAGE_VARIATION',
      { imageVariationParams: { text, images: [image], similarityStrength: 0.7 } },
    ],
    ['INPAINTING', { inPaintingParams: { image, maskImage: mask, text } }],
    ['INPAINTING', { inPaintingParams: { image, maskPrompt: 'the dog' } }],
    [
      'OUTPAINTING',
      { outPaintingParams: { image, maskImage: mask, text, outPaintingMode: 'PRECISE' } },
    ],
    ['BACKGROUND_REMOVAL', { backgroundRemovalParams: { image } }],
    [
      'VIRTUAL_TRY_ON',
      {
        virtualTryOnParams: {
          sourceImage: image,
          referenceImage: image,
          maskType: 'GARMENT',
          garmentBasedMask: { garmentClass: 'UPPER_BODY' },
          returnMask: true,
        },
      },
    ],
  ])('takes %s', async (taskType, body) => {
    const answer = await invoke(NOVA, { taskType, ...body });
    expect(answer.json).toMatchObject({ error: null });
    const config = (body.imageGenerationConfig ?? {}) as Json;
    expect(answer.json.images).toHaveLength(Number(config.numberOfImages ?? 1));
    expect('maskImage' in answer.json).toBe(taskType === 'VIRTUAL_TRY_ON');
    expect(bill(doubles, 'bedrock').accepted).toBe(1);
  });

  const grey = halfWhite(320, 128);
  const clear = png(320, 320, 4, () => [1, 2, 3, 0]).toString('base64');
  const config = (c: Json): Json => ({
    taskType: 'TEXT_IMAGE',
    textToImageParams: { text },
    imageGenerationConfig: c,
  });
  it.each<[string, Json]>([
    ['an unknown task', { taskType: 'DRAW' }],
    ['params of another task', { taskType: 'TEXT_IMAGE', inPaintingParams: {} }],
    ['an unknown field', { taskType: 'TEXT_IMAGE', textToImageParams: { text, prompt: 'p' } }],
    [
      'a config for background removal',
      {
        taskType: 'BACKGROUND_REMOVAL',
        backgroundRemovalParams: { image },
        imageGenerationConfig: {},
      },
    ],
    [
      'a size for inpainting',
      {
        taskType: 'INPAINTING',
        inPaintingParams: { image, maskPrompt: 'a' },
        imageGenerationConfig: { width: 512, height: 512 },
      },
    ],
    [
      'both masks',
      { taskType: 'INPAINTING', inPaintingParams: { image, maskPrompt: 'a', maskImage: mask } },
    ],
    ['no mask', { taskType: 'OUTPAINTING', outPaintingParams: { image, text } }],
    [
      'outpainting without text',
      { taskType: 'OUTPAINTING', outPaintingParams: { image, maskImage: mask } },
    ],
    ['a grey mask', { taskType: 'INPAINTING', inPaintingParams: { image, maskImage: grey } }],
    [
      'a mask of another size',
      { taskType: 'INPAINTING', inPaintingParams: { image, maskImage: halfWhite(336) } },
    ],
    [
      'a data URL',
      {
        taskType: 'BACKGROUND_REMOVAL',
        backgroundRemovalParams: { image: `data:image/png;base64,${image}` },
      },
    ],
    [
      'a transparent image',
      { taskType: 'BACKGROUND_REMOVAL', backgroundRemovalParams: { image: clear } },
    ],
    [
      'a small image',
      { taskType: 'BACKGROUND_REMOVAL', backgroundRemovalParams: { image: pngBase64(304) } },
    ],
    ['a width not ÷ 16', config({ width: 1000, height: 1024 })],
    ['a width alone', config({ width: 1024 })],
    ['2048 × 2048', config({ width: 2048, height: 2048 })],
    ['an aspect of 5:1', config({ width: 2560, height: 512 })],
    ['six images', config({ numberOfImages: 6 })],
    ['a seed too large', config({ seed: 2_147_483_647 })],
    ['quality high', config({ quality: 'high' })],
    [
      'a long text',
      {
        taskType: 'TEXT_IMAGE',
        textToImageParams: { text: 'x'.repeat(600), negativeText: 'x'.repeat(600) },
      },
    ],
    [
      'a colour name',
      {
        taskType: 'COLOR_GUIDED_GENERATION',
        colorGuidedGenerationParams: { text, colors: ['red'] },
      },
    ],
    [
      'a mask type without its mask',
      {
        taskType: 'VIRTUAL_TRY_ON',
        virtualTryOnParams: { sourceImage: image, referenceImage: image, maskType: 'PROMPT' },
      },
    ],
  ])('refuses %s', async (_name, body) => {
    const answer = await invoke(NOVA, body);
    expect([answer.status, errorName(answer)]).toEqual([400, 'ValidationException']);
    expect(bill(doubles, 'bedrock').accepted).toBe(0);
  });

  it('moderates input with a 400 and output with fewer images', async () => {
    const body = config({ numberOfImages: 2, width: 1024, height: 2048 });
    doubles.control.fault({ host: 'bedrock', fault: { kind: 'moderate', stage: 'input' } });
    expect((await invoke(NOVA, body)).status).toBe(400);
    doubles.control.fault({ host: 'bedrock', fault: { kind: 'moderate', stage: 'output' } });
    const answer = await invoke(NOVA, body);
    expect(answer.json.images).toHaveLength(1);
    expect(answer.json.error).toMatch(/blocked/);
    expect(bill(doubles, 'bedrock').microUsd).toBe(120_000);
  });
});

describe('Stability on Bedrock', () => {
  const prompt = { prompt: text };
  const BODIES: Record<string, Json> = {
    'stability.sd3-5-large-v1:0': { ...prompt, aspect_ratio: '16:9', seed: 7 },
    'stability.stable-image-core-v1:1': prompt,
    'stability.stable-image-ultra-v1:1': { ...prompt, image, strength: 0.4 },
    'us.stability.stable-image-inpaint-v1:0': { ...prompt, image, mask, grow_mask: 5 },
    'us.stability.stable-image-erase-object-v1:0': { image, mask },
    'us.stability.stable-outpaint-v1:0': { image, left: 100 },
    'us.stability.stable-image-search-replace-v1:0': { ...prompt, image, search_prompt: 'dog' },
    'us.stability.stable-image-search-recolor-v1:0': { ...prompt, image, select_prompt: 'dog' },
    'us.stability.stable-image-remove-background-v1:0': { image, output_format: 'webp' },
    'us.stability.stable-image-control-sketch-v1:0': { ...prompt, image, control_strength: 0.7 },
    'us.stability.stable-image-control-structure-v1:0': { ...prompt, image },
    'us.stability.stable-image-style-guide-v1:0': { ...prompt, image, fidelity: 0.5 },
    'us.stability.stable-style-transfer-v1:0': { init_image: image, style_image: image },
    'us.stability.stable-conservative-upscale-v1:0': { ...prompt, image },
    'us.stability.stable-creative-upscale-v1:0': { ...prompt, image, creativity: 0.3 },
    'us.stability.stable-fast-upscale-v1:0': { image },
  };

  it.each([...STABILITY_IDS.keys()])('takes %s', async (model) => {
    const answer = await invoke(model, BODIES[model]);
    expect(answer.json).toMatchObject({ finish_reasons: [null], images: [expect.any(String)] });
    expect(answer.json.seeds).toHaveLength(1);
    expect(bill(doubles, 'bedrock').accepted).toBe(1);
  });

  it.each<[string, string, Json]>([
    ['an id without its profile', 'stability.stable-image-inpaint-v1:0', { ...prompt, image }],
    ['no prompt', 'us.stability.stable-image-inpaint-v1:0', { image }],
    [
      'a ratio with an image',
      'stability.sd3-5-large-v1:0',
      { ...prompt, mode: 'image-to-image', image, strength: 0.5, aspect_ratio: '1:1' },
    ],
    ['a model field', 'stability.sd3-5-large-v1:0', { ...prompt, model: 'sd3.5-large' }],
    ['no direction', 'us.stability.stable-outpaint-v1:0', { image }],
    [
      'grow_mask of 21 on erase',
      'us.stability.stable-image-erase-object-v1:0',
      { image, grow_mask: 21 },
    ],
    [
      'jpeg without background',
      'us.stability.stable-image-remove-background-v1:0',
      { image, output_format: 'jpeg' },
    ],
    [
      'a data URL',
      'us.stability.stable-fast-upscale-v1:0',
      { image: `data:image/png;base64,${image}` },
    ],
  ])('refuses %s', async (_name, model, body) => {
    const answer = await invoke(model, body);
    expect([answer.status, errorName(answer)]).toEqual([400, 'ValidationException']);
  });

  it('filtered: a reason and no image', async () => {
    doubles.control.fault({ host: 'bedrock', fault: { kind: 'moderate', stage: 'output' } });
    const answer = await invoke('stability.stable-image-core-v1:1', prompt);
    expect(answer.json).toEqual({
      seeds: [],
      finish_reasons: ['Filter reason: output image'],
      images: [],
    });
  });
});
