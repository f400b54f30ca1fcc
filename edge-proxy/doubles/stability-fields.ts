import { inspect, type PictureInfo } from './inspect.ts';
import { type Fields, integer, number, oneOf, type Rule, required, string } from './schema.ts';

/** One operation of the Stability field set, shared by the REST API and Bedrock. */
export interface StabilityOperation {
  /** Text fields. */
  fields: Fields;
  /** Picture fields; true = required. */
  pictures: Readonly<Record<string, boolean>>;
  /** Credits of one call by its `model` field, or for all. 1 credit = $0.01. */
  credits: number | Readonly<Record<string, number>>;
  /** Answers `{id}` first; the result is polled. */
  later?: boolean;
  /** Rules that join several fields; answers a sentence. */
  also?(values: Readonly<Record<string, unknown>>): string | null;
}

const prompt = string({ min: 1, max: 10_000 });
const PROMPT = { prompt: required(prompt) };
const COMMON: Fields = {
  seed: integer(0, 4_294_967_294),
  output_format: oneOf('png', 'jpeg', 'webp'),
};
const STYLE: Fields = {
  style_preset: oneOf(
    ...['enhance', 'anime', 'photographic', 'digital-art', 'comic-book', 'fantasy-art'],
    ...['line-art', 'analog-film', 'neon-punk', 'isometric', 'low-poly', 'origami'],
    ...['modeling-compound', 'cinematic', '3d-model', 'pixel-art', 'tile-texture'],
  ),
};
const NEGATIVE: Fields = { negative_prompt: string({ max: 10_000 }) };
const RATIO: Fields = {
  aspect_ratio: oneOf('21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'),
};
const edge = integer(0, 2000);
const CORE: Fields = { ...PROMPT, ...RATIO, ...NEGATIVE, ...STYLE, ...COMMON };
const needsStrength = (v: Readonly<Record<string, unknown>>): string | null =>
  (v.image === undefined) === (v.strength === undefined)
    ? null
    : 'image and strength come together';

const SD3: StabilityOperation = {
  fields: {
    ...CORE,
    model: oneOf('sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium', 'sd3.5-flash'),
    mode: oneOf('text-to-image', 'image-to-image'),
    strength: number(0, 1),
    cfg_scale: number(1, 10),
  },
  pictures: { image: false },
  credits: { 'sd3.5-large': 6.5, 'sd3.5-large-turbo': 4, 'sd3.5-medium': 3.5, 'sd3.5-flash': 2.5 },
  also(v) {
    if (v.mode === 'image-to-image') {
      if (v.image === undefined || v.strength === undefined)
        return 'image-to-image needs image and strength';
      return v.aspect_ratio === undefined ? null : 'aspect_ratio is for text-to-image only';
    }
    return v.image === undefined && v.strength === undefined
      ? null
      : 'image and strength are for image-to-image only';
  },
};

const IMAGE = { image: true };
const MASKED = { image: true, mask: false };
const search = (name: string): StabilityOperation => ({
  fields: {
    ...PROMPT,
    [name]: required(prompt),
    ...NEGATIVE,
    ...STYLE,
    ...COMMON,
    grow_mask: integer(0, 20),
  },
  pictures: IMAGE,
  credits: 5,
});
const control = (strength: string): StabilityOperation => ({
  fields: { ...CORE, [strength]: number(0, 1) },
  pictures: IMAGE,
  credits: 5,
});

/** Every operation by the last words of its path: https://platform.stability.ai/docs/api-reference. */
export const STABILITY_OPERATIONS: Readonly<Record<string, StabilityOperation>> = {
  'generate/core': { fields: CORE, pictures: {}, credits: 3 },
  'generate/ultra': {
    fields: { ...CORE, strength: number(0, 1) },
    pictures: { image: false },
    credits: 8,
    also: needsStrength,
  },
  'generate/sd3': SD3,
  'edit/inpaint': {
    fields: { ...PROMPT, ...NEGATIVE, ...STYLE, ...COMMON, grow_mask: integer(0, 100) },
    pictures: MASKED,
    credits: 5,
  },
  'edit/erase': { fields: { ...COMMON, grow_mask: integer(0, 20) }, pictures: MASKED, credits: 5 },
  'edit/outpaint': {
    fields: {
      ...{ left: edge, right: edge, up: edge, down: edge },
      ...{ prompt, creativity: number(0, 1), ...STYLE, ...COMMON },
    },
    pictures: IMAGE,
    credits: 4,
    also: (v) =>
      ['left', 'right', 'up', 'down'].some((e) => Number(v[e] ?? 0) > 0)
        ? null
        : 'at least one of left, right, up, down must be above 0',
  },
  'edit/search-and-replace': search('search_prompt'),
  'edit/search-and-recolor': search('select_prompt'),
  'edit/remove-background': {
    fields: { output_format: oneOf('png', 'webp') },
    pictures: IMAGE,
    credits: 5,
  },
  'edit/replace-background-and-relight': {
    fields: { background_prompt: prompt, foreground_prompt: prompt, ...NEGATIVE, ...COMMON },
    pictures: { subject_image: true, background_reference: false },
    credits: 8,
    later: true,
    also: (v) =>
      v.background_prompt === undefined && v.background_reference === undefined
        ? 'background_prompt or background_reference is required'
        : null,
  },
  'control/sketch': control('control_strength'),
  'control/structure': control('control_strength'),
  'control/style': control('fidelity'),
  'control/style-transfer': {
    fields: {
      ...{ prompt, ...NEGATIVE, ...COMMON, style_strength: number(0, 1) },
      ...{ composition_fidelity: number(0, 1), change_strength: number(0.1, 1) },
    },
    pictures: { init_image: true, style_image: true },
    credits: 8,
  },
  'upscale/fast': { fields: { output_format: COMMON.output_format! }, pictures: IMAGE, credits: 2 },
  'upscale/conservative': {
    fields: { ...PROMPT, ...NEGATIVE, ...COMMON, creativity: number(0.2, 0.5) },
    pictures: IMAGE,
    credits: 40,
  },
  'upscale/creative': {
    fields: { ...PROMPT, ...NEGATIVE, ...COMMON, ...STYLE, creativity: number(0.1, 0.5) },
    pictures: IMAGE,
    credits: 60,
    later: true,
  },
};

/** A sentence when a picture is outside Stability's limits, else null. */
export function pictureTrouble(name: string, file: Buffer): string | null {
  const info: PictureInfo | null = inspect(file);
  if (!info || info.format === 'gif') return `${name}: must be a PNG, JPEG or WebP image`;
  const { width, height } = info;
  if (Math.min(width, height) < 64) return `${name}: each side must be at least 64 pixels`;
  const pixels = width * height;
  if (pixels < 4096 || pixels > 9_437_184)
    return `${name}: total pixel count must be between 4,096 and 9,437,184`;
  // A mask is resized to its image, so only pictures have a limit on their shape.
  return name !== 'mask' && Math.max(width, height) / Math.min(width, height) > 2.5
    ? `${name}: aspect ratio must be between 1:2.5 and 2.5:1`
    : null;
}

/** Credits of one accepted call. */
export function creditsOf(
  operation: StabilityOperation,
  values: Readonly<Record<string, unknown>>,
): number {
  if (typeof operation.credits === 'number') return operation.credits;
  return operation.credits[String(values.model ?? 'sd3.5-large')]!;
}

/** The operation's rules with base64 strings for pictures, as Bedrock takes them. */
export function withBase64(operation: StabilityOperation, picture: Rule): Fields {
  const pictures = Object.entries(operation.pictures).map(([name, needed]) => [
    name,
    needed ? required(picture) : picture,
  ]);
  return { ...operation.fields, ...Object.fromEntries(pictures) };
}
