import { boolean, type Fields, integer, oneOf, required, string } from './schema.ts';

/** OpenAI's image models; a date decides which of them still answer. */
export const IMAGE_MODELS = [
  'dall-e-2',
  'dall-e-3',
  'gpt-image-1',
  'gpt-image-1-mini',
  'gpt-image-1.5',
  'chatgpt-image-latest',
  'gpt-image-2',
  'gpt-image-2-2026-04-21',
  'gpt-image-2.5-flare',
  'gpt-image-2.5-flare-2026-09-08',
  'gpt-image-2.5-sunburst',
  'gpt-image-2.5-sunburst-2026-09-08',
] as const;

const FIXED_SIZES = ['auto', '1024x1024', '1536x1024', '1024x1536'];
const isV2 = (model: string): boolean => model.startsWith('gpt-image-2');
const isV25 = (model: string): boolean => model.startsWith('gpt-image-2.5');

function sizeTrouble(size: string): string | null {
  if (FIXED_SIZES.includes(size)) return null;
  const found = /^([1-9]\d{1,4})x([1-9]\d{1,4})$/.exec(size);
  if (!found) return 'size must be auto or WIDTHxHEIGHT';
  const [width, height] = [Number(found[1]), Number(found[2])];
  if (width % 16 !== 0 || height % 16 !== 0) return 'width and height must be multiples of 16';
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long / short > 3) return 'the aspect ratio must be between 1:3 and 3:1';
  if (long > 3840 || short > 2160) return 'the largest size is 3840x2160';
  const pixels = width * height;
  return pixels < 655_360 || pixels > 8_294_400
    ? 'the pixel count must be between 655,360 and 8,294,400'
    : null;
}

function common(model: string): Fields {
  return {
    model: string({ min: 1 }),
    prompt: required(string({ min: 1, max: 32_000 })),
    n: integer(1, 10),
    size: isV2(model) ? string({ test: sizeTrouble }) : oneOf(...FIXED_SIZES),
    quality: oneOf('low', 'medium', 'high', 'auto', ...(isV25(model) ? ['xhigh', 'max'] : [])),
    background: oneOf('transparent', 'opaque', 'auto'),
    output_format: oneOf('png', 'jpeg', 'webp'),
    output_compression: integer(0, 100),
    partial_images: integer(0, 3),
    stream: boolean,
    user: string(),
  };
}

/** Fields of `POST /images/generations` for a GPT image model (C.2). */
export function generationFields(model: string): Fields {
  return { ...common(model), moderation: oneOf('auto', 'low') };
}

/** Text fields of `POST /images/edits` (C.3); `input_fidelity` ended with the 1.x models. */
export function editFields(model: string): Fields {
  return {
    ...common(model),
    ...(!isV2(model) && { input_fidelity: oneOf('low', 'high') }),
  };
}

/** Rules that join several fields: the offending one and a sentence, or null. */
export function joinedTrouble(
  v: Readonly<Record<string, unknown>>,
): { param: string; message: string } | null {
  const format = v.output_format ?? 'png';
  if (v.background === 'transparent' && format === 'jpeg')
    return { param: 'background', message: 'Transparent background needs png or webp.' };
  if (v.output_compression !== undefined && format === 'png')
    return { param: 'output_compression', message: 'Compression is for jpeg and webp only.' };
  if (Number(v.partial_images ?? 0) > 0 && v.stream !== true)
    return { param: 'partial_images', message: 'partial_images needs stream.' };
  return null;
}

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  input_tokens_details: { image_tokens: number; text_tokens: number };
}

/**
 * Output tokens of one 1024 × 1024 picture: the vendor's $0.006, 0.053 and 0.211 at $30 a
 * million. It has no figure for `xhigh` and `max`: doubled from step to step here.
 */
const OUTPUT_TOKENS: Readonly<Record<string, number>> = {
  low: 200,
  medium: 1767,
  auto: 1767,
  high: 7033,
  xhigh: 14_066,
  max: 28_132,
};
/** A guess in the order of the vendor's: what one input picture costs to read. */
const INPUT_IMAGE_TOKENS = 1024;

/** Tokens of a call: about four characters each for text, output scaled by pixels. */
export function usageOf(v: Readonly<Record<string, unknown>>, inputImages: number): Usage {
  const found = /^(\d+)x(\d+)$/.exec(String(v.size ?? ''));
  const pixels = found ? Number(found[1]) * Number(found[2]) : 1024 * 1024;
  const each = OUTPUT_TOKENS[String(v.quality ?? 'auto')]! * (pixels / (1024 * 1024));
  const text = Math.ceil(String(v.prompt).length / 4);
  const image = inputImages * INPUT_IMAGE_TOKENS;
  const output = Math.ceil(each) * Number(v.n ?? 1);
  return {
    input_tokens: text + image,
    output_tokens: output,
    total_tokens: text + image + output,
    input_tokens_details: { image_tokens: image, text_tokens: text },
  };
}

/** Dollars per million tokens equal micro-dollars per token: $5 text in, $8 image in, $30 out. */
export function microUsdOf(usage: Usage): number {
  const { image_tokens, text_tokens } = usage.input_tokens_details;
  return text_tokens * 5 + image_tokens * 8 + usage.output_tokens * 30;
}
