/** https://replicate.com/explore; schemas from the models' API pages. Prices are estimates. */
import type { Model } from '../../contract.ts';
import { flag, pick, pickFrom, real, retired, row, usd, whole, words } from './row.ts';

const vendor = 'replicate' as const;
const image = (dollars: number): Model['price'] => ({
  unit: 'image',
  micros: usd(dollars),
  estimate: true,
});
const nanoRatios = [
  ...['match_input_image', '1:1', '2:3', '3:2', '3:4', '4:3'],
  ...['4:5', '5:4', '9:16', '16:9', '21:9'],
];
const seed = whole(0, 2_147_483_647);
const jpgPng = pickFrom('png', 'jpg', 'png');
const webpJpgPng = pickFrom('png', 'webp', 'jpg', 'png');

const nano = (name: string, dollars: number, more: Partial<Model>): Model =>
  row({
    id: `replicate-${name}`,
    title: `${name} (Replicate)`,
    vendor,
    vendorModel: `google/${name}`,
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: 14 },
    price: image(dollars),
    ...more,
    parameters: { aspect_ratio: pick(...nanoRatios), output_format: jpgPng, ...more.parameters },
  });

const veo = (name: string, dollars: number, references: number): Model =>
  row({
    id: `replicate-${name}`,
    title: `${name} (Replicate)`,
    vendor,
    vendorModel: `google/${name}`,
    tasks: ['video'],
    inputs: { min: 0, max: references },
    output: 'video',
    status: 'legacy',
    replacedBy: 'gemini-omni-1.1-flash',
    price: {
      unit: 'second',
      micros: usd(dollars),
      estimate: true,
      count: 'duration',
      by: { generate_audio: { false: 0.5 } },
    },
    parameters: {
      aspect_ratio: pickFrom('16:9', '16:9', '9:16'),
      duration: whole(4, 8, 8, 2),
      resolution: pickFrom('1080p', '720p', '1080p'),
      generate_audio: flag(true),
      negative_prompt: words(2000),
      seed,
    },
  });

const imagen = (name: string): Model =>
  retired({
    id: `replicate-${name}`,
    vendor,
    vendorModel: `google/${name}`,
    tasks: ['create'],
    retiresOn: '2026-08-17',
    replacedBy: 'replicate-nano-banana-2',
  });

export const replicateModels: readonly Model[] = [
  imagen('imagen-4'),
  imagen('imagen-4-fast'),
  imagen('imagen-4-ultra'),
  nano('nano-banana', 0.039, { status: 'legacy', replacedBy: 'replicate-nano-banana-2' }),
  nano('nano-banana-2', 0.067, { parameters: { resolution: pickFrom('1K', '1K', '2K', '4K') } }),
  nano('nano-banana-pro', 0.134, { parameters: { resolution: pickFrom('1K', '1K', '2K', '4K') } }),
  row({
    id: 'replicate-qwen-image',
    title: 'Qwen-Image (Replicate)',
    vendor,
    vendorModel: 'qwen/qwen-image',
    tasks: ['create'],
    inputs: { min: 0, max: 1 },
    price: image(0.025),
    parameters: {
      aspect_ratio: pickFrom('16:9', '1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3'),
      image_size: pick('optimize_for_quality', 'optimize_for_speed'),
      negative_prompt: words(2000),
      enhance_prompt: flag(),
      go_fast: flag(),
      num_inference_steps: whole(1, 50),
      guidance: real(0, 10),
      strength: real(0, 1),
      seed,
      output_format: webpJpgPng,
      output_quality: whole(0, 100),
    },
  }),
  row({
    id: 'replicate-qwen-image-edit-plus',
    title: 'Qwen-Image-Edit Plus (Replicate)',
    vendor,
    vendorModel: 'qwen/qwen-image-edit-plus',
    tasks: ['edit'],
    inputs: { min: 1, max: 3 },
    price: image(0.03),
    parameters: {
      aspect_ratio: pick('match_input_image', '1:1', '16:9', '9:16', '4:3', '3:4'),
      go_fast: flag(),
      seed,
      output_format: webpJpgPng,
      output_quality: whole(0, 100),
    },
  }),
  row({
    id: 'replicate-seededit-3',
    title: 'SeedEdit 3.0 (Replicate)',
    vendor,
    vendorModel: 'bytedance/seededit-3.0',
    tasks: ['edit'],
    inputs: { min: 1, max: 1 },
    price: image(0.03),
    parameters: { guidance_scale: real(1, 10), seed },
  }),
  row({
    id: 'replicate-seedream-4',
    title: 'Seedream 4 (Replicate)',
    vendor,
    vendorModel: 'bytedance/seedream-4',
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: 10 },
    price: { ...image(0.03), count: 'max_images' },
    parameters: {
      size: pickFrom('2K', '1K', '2K', '4K'),
      aspect_ratio: pick(
        ...['match_input_image', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'],
      ),
      max_images: whole(1, 5, 1),
      enhance_prompt: flag(),
    },
  }),
  veo('veo-3.1', 0.4, 1),
  veo('veo-3.1-fast', 0.15, 1),
  row({
    id: 'replicate-grounded-sam',
    title: 'Grounded SAM (Replicate)',
    vendor,
    vendorModel: 'schananas/grounded_sam',
    tasks: ['mask'],
    inputs: { min: 1, max: 1 },
    price: { unit: 'run', micros: usd(0.0015), estimate: true },
    parameters: { negative_mask_prompt: words(500, ''), adjustment_factor: whole(-20, 20, 0) },
  }),
  row({
    id: 'replicate-flux-fill-pro',
    title: 'FLUX Fill Pro (Replicate)',
    vendor,
    vendorModel: 'black-forest-labs/flux-fill-pro',
    tasks: ['inpaint'],
    inputs: { min: 1, max: 1 },
    mask: 'required',
    price: image(0.05),
    parameters: {
      steps: whole(15, 50),
      guidance: real(1.5, 100),
      seed,
      safety_tolerance: whole(1, 6),
      prompt_upsampling: flag(),
      output_format: jpgPng,
    },
  }),
];
