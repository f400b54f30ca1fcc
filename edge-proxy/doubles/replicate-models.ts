import { usd } from './prices.ts';
import {
  arrayOf,
  boolean,
  type Fields,
  integer,
  number,
  oneOf,
  type Rule,
  required,
  string,
} from './schema.ts';

/** One model's input schema and what it gives back. */
export interface ReplicateModel {
  /** Official models take `/models/{owner}/{name}/predictions`; others only a version hash. */
  official: boolean;
  version: string;
  input: Fields;
  /** Rules that join several inputs; answers the offending field and a sentence. */
  also?(input: Readonly<Record<string, unknown>>): { field: string; message: string } | null;
  output: 'uri' | 'uri[]';
  /** File names of one result, in order. */
  files(input: Readonly<Record<string, unknown>>): string[];
  /** Micro-dollars per unit and how many units a call has. */
  unitPrice: number;
  units(input: Readonly<Record<string, unknown>>): number;
}

const uri: Rule = string({
  test: (v) => (/^(https:\/\/|data:)/.test(v) ? null : 'Does not match format uri'),
});
const uris = (min: number, max: number): Rule => arrayOf(uri, min, max);
const prompt = required(string({ min: 1 }));
const seed = integer();
const HIDDEN = 'hidden';
const once = (): number => 1;

const still = (fallback: string) => (input: Readonly<Record<string, unknown>>) => [
  `out-0.${typeof input.output_format === 'string' ? input.output_format : fallback}`,
];
const SAFETY = oneOf('block_low_and_above', 'block_medium_and_above', 'block_only_high');
const JPG_PNG = oneOf('jpg', 'png');
const WEBP_JPG_PNG = oneOf('webp', 'jpg', 'png');
const NANO_RATIOS = oneOf(
  ...['match_input_image', '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'],
);

function official(
  model: Pick<ReplicateModel, 'input' | 'output' | 'unitPrice'> & Partial<ReplicateModel>,
): ReplicateModel {
  return { official: true, version: HIDDEN, files: still('jpg'), units: once, ...model };
}

const imagen = (dollars: number): ReplicateModel =>
  official({
    input: {
      prompt,
      aspect_ratio: oneOf('1:1', '9:16', '16:9', '3:4', '4:3'),
      safety_filter_level: SAFETY,
      output_format: JPG_PNG,
    },
    output: 'uri',
    unitPrice: usd(dollars),
  });

const nano = (more: Fields, dollars: number): ReplicateModel =>
  official({
    input: {
      prompt,
      image_input: uris(0, 14),
      aspect_ratio: NANO_RATIOS,
      output_format: JPG_PNG,
      ...more,
    },
    output: 'uri',
    unitPrice: usd(dollars),
  });

const veo = (more: Fields, dollars: number, silent: number): ReplicateModel => {
  const muted = silent / dollars;
  return official({
    input: {
      prompt,
      aspect_ratio: oneOf('16:9', '9:16'),
      duration: { type: 'integer', values: [4, 6, 8] },
      image: uri,
      last_frame: uri,
      negative_prompt: string(),
      resolution: oneOf('720p', '1080p'),
      generate_audio: boolean,
      seed,
      ...more,
    },
    also(input) {
      if (input.last_frame !== undefined && input.image === undefined)
        return { field: 'last_frame', message: 'last_frame needs image' };
      const references = Array.isArray(input.reference_images) ? input.reference_images.length : 0;
      const wide = (input.aspect_ratio ?? '16:9') === '16:9' && (input.duration ?? 8) === 8;
      return references > 0 && !wide
        ? { field: 'reference_images', message: 'reference_images need 16:9 and 8 seconds' }
        : null;
    },
    output: 'uri',
    files: () => ['tmp.mp4'],
    unitPrice: usd(dollars),
    units: (input) => Number(input.duration ?? 8) * (input.generate_audio === false ? muted : 1),
  });
};

const lora: Fields = {
  lora_weights: string(),
  replicate_weights: string(),
  lora_scale: number(0, 3),
  extra_lora_weights: arrayOf(string(), 0, 10),
  extra_lora_scale: arrayOf(number(0, 3), 0, 10),
};

/** Input schemas by `owner/name`, from each model's `/api` page on replicate.com; prices from its page. */
export const REPLICATE_MODELS: Readonly<Record<string, ReplicateModel>> = {
  'google/imagen-4': imagen(0.04),
  'google/imagen-4-ultra': imagen(0.06),
  'google/imagen-4-fast': imagen(0.02),
  'google/nano-banana': nano({}, 0.039),
  // The two newer siblings at Google's own per-image prices.
  'google/nano-banana-2': nano(
    { resolution: oneOf('1K', '2K', '4K'), google_search: boolean, image_search: boolean },
    0.067,
  ),
  'google/nano-banana-pro': nano(
    {
      resolution: oneOf('1K', '2K', '4K'),
      safety_filter_level: SAFETY,
      allow_fallback_model: boolean,
    },
    0.134,
  ),
  'qwen/qwen-image-edit-plus': official({
    input: {
      image: required(uris(1, 3)),
      prompt,
      aspect_ratio: oneOf('1:1', '16:9', '9:16', '4:3', '3:4', 'match_input_image'),
      go_fast: boolean,
      seed,
      output_format: WEBP_JPG_PNG,
      output_quality: integer(0, 100),
      disable_safety_checker: boolean,
    },
    output: 'uri[]',
    files: still('webp'),
    unitPrice: usd(0.03),
  }),
  'qwen/qwen-image': official({
    input: {
      prompt,
      negative_prompt: string(),
      enhance_prompt: boolean,
      aspect_ratio: oneOf('1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3'),
      image_size: oneOf('optimize_for_quality', 'optimize_for_speed'),
      image: uri,
      strength: number(0, 1),
      go_fast: boolean,
      num_inference_steps: integer(1, 50),
      guidance: number(0, 10),
      seed,
      output_format: WEBP_JPG_PNG,
      output_quality: integer(0, 100),
      ...lora,
      disable_safety_checker: boolean,
    },
    output: 'uri[]',
    files: still('webp'),
    unitPrice: usd(0.025),
  }),
  'bytedance/seededit-3.0': official({
    input: { image: required(uri), prompt, guidance_scale: number(1, 10), seed },
    output: 'uri',
    unitPrice: usd(0.03),
  }),
  'bytedance/seedream-4': official({
    input: {
      prompt,
      image_input: uris(0, 10),
      size: oneOf('1K', '2K', '4K', 'custom'),
      aspect_ratio: oneOf(
        ...['match_input_image', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'],
      ),
      width: integer(1024, 4096),
      height: integer(1024, 4096),
      sequential_image_generation: oneOf('disabled', 'auto'),
      max_images: integer(1, 15),
      enhance_prompt: boolean,
    },
    also(input) {
      const inputs = Array.isArray(input.image_input) ? input.image_input.length : 0;
      return inputs + Number(input.max_images ?? 1) > 15
        ? { field: 'max_images', message: 'inputs and outputs together are at most 15' }
        : null;
    },
    output: 'uri[]',
    files: (input) => Array.from({ length: seedreamCount(input) }, (_, i) => `tmp${i}.jpg`),
    unitPrice: usd(0.03),
    units: seedreamCount,
  }),
  'google/veo-3.1': veo({ reference_images: uris(1, 3) }, 0.4, 0.2),
  // No published figure without sound for -fast is at hand: half of it, as for its bigger sibling.
  'google/veo-3.1-fast': veo({}, 0.15, 0.075),
  'black-forest-labs/flux-fill-pro': official({
    input: {
      image: required(uri),
      prompt,
      mask: uri,
      outpaint: oneOf(
        ...['None', 'Zoom out 1.5x', 'Zoom out 2x', 'Make square'],
        ...['Left', 'Right', 'Top', 'Bottom'].map((side) => `${side} outpaint`),
      ),
      steps: integer(15, 50),
      guidance: number(1.5, 100),
      seed,
      output_format: JPG_PNG,
      safety_tolerance: integer(1, 6),
      prompt_upsampling: boolean,
    },
    output: 'uri',
    unitPrice: usd(0.05),
  }),
  'schananas/grounded_sam': {
    official: false,
    version: 'ee871c19efb1941f55f66a3d7d960428c8a5afcb77449547fe8e5a3ab9ebc21c',
    input: {
      image: uri,
      mask_prompt: string(),
      negative_mask_prompt: string(),
      adjustment_factor: integer(),
    },
    output: 'uri[]',
    files: () => [
      'annotated_picture_mask.jpg',
      'neg_annotated_picture_mask.jpg',
      'mask.jpg',
      'inverted_mask.jpg',
    ],
    unitPrice: usd(0.0015),
    units: once,
  },
};

/** `auto` makes as many pictures as asked; a real run may make fewer. */
function seedreamCount(input: Readonly<Record<string, unknown>>): number {
  return input.sequential_image_generation === 'auto' ? Number(input.max_images ?? 1) : 1;
}

/** The body of a create call: closed at the top level, as in Replicate's OpenAPI. */
export const CREATE_FIELDS: Fields = {
  input: required({ type: 'anything' }),
  version: string({ min: 1 }),
  webhook: string({ pattern: /^https:\/\//, test: (v) => (URL.canParse(v) ? null : 'not a URL') }),
  webhook_events_filter: arrayOf(oneOf('start', 'output', 'logs', 'completed'), 0, 4),
  stream: boolean,
};

/** The live schema that `GET /models/{owner}/{name}` shows, as far as names and requirement go. */
export function openApiSchema(model: ReplicateModel): unknown {
  const { input } = model;
  const names = Object.keys(input);
  return {
    openapi: '3.0.2',
    components: {
      schemas: {
        Input: {
          type: 'object',
          title: 'Input',
          required: names.filter((n) => input[n]!.required),
          properties: Object.fromEntries(names.map((n) => [n, { title: n, type: input[n]!.type }])),
        },
        Output:
          model.output === 'uri'
            ? { type: 'string', format: 'uri' }
            : { type: 'array', items: { type: 'string', format: 'uri' } },
      },
    },
  };
}
