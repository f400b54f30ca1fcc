import { decodeBase64, decodeDataUrl, inspect, type PictureInfo } from './inspect.ts';
import { usd } from './prices.ts';
import {
  boolean,
  type Fields,
  integer,
  number,
  oneOf,
  type Rule,
  required,
  string,
} from './schema.ts';

type Body = Readonly<Record<string, unknown>>;

export interface BflModel {
  fields: Fields;
  /** Micro-dollars of a call, by its body and the megapixels it takes in. */
  price(body: Body, inputMegapixels: number): number;
  /** Rules that join several fields: the offending one and a sentence. */
  also?(body: Body): { field: string; message: string } | null;
}

/** The picture in a base64 string or data URL; null for a URL (read later) or no picture. */
export function inlinePicture(text: string): PictureInfo | null {
  const file = text.startsWith('data:') ? decodeDataUrl(text) : decodeBase64(text);
  return file && inspect(file);
}

const picture: Rule = string({
  test: (text) =>
    text.startsWith('https://') || inlinePicture(text) ? null : 'not a picture or https URL',
});
const prompt = required(string({ min: 1 }));
const COMMON: Fields = {
  seed: integer(),
  output_format: oneOf('jpeg', 'png'),
  webhook_url: string({ pattern: /^https:\/\// }),
  webhook_secret: string(),
};
const TOLERANCE = { safety_tolerance: integer(0, 6), prompt_upsampling: boolean };
const side: Rule = { type: 'integer', min: 256, max: 1440, multipleOf: 32 };
const edge = integer(0, 2048);
const ratio = string({
  pattern: /^\d{1,2}:\d{1,2}$/,
  test: (v) => {
    const [w, h] = v.split(':').map(Number) as [number, number];
    return Math.max(w / h, h / w) <= 21 / 9 ? null : 'aspect_ratio must be between 21:9 and 9:21';
  },
});
const flat = (dollars: number) => (): number => usd(dollars);

const MEGAPIXEL = 1024 * 1024;
const MAX_OUTPUT = 4 * MEGAPIXEL;
const large: Rule = { type: 'integer', min: 64, multipleOf: 16 };

/** FLUX.2: cents for the first megapixel and for each further or input one, each begun one counted. */
function flux2(
  firstCents: number,
  nextCents: number,
  references: number,
  more: Fields = {},
): BflModel {
  const inputs = Object.fromEntries(
    Array.from({ length: references }, (_, i) => [`input_image${i ? `_${i + 1}` : ''}`, picture]),
  );
  return {
    fields: {
      prompt: required(string({ min: 1, max: 131_072 })),
      ...inputs,
      width: large,
      height: large,
      safety_tolerance: integer(0, 5),
      ...COMMON,
      ...more,
    },
    also: (b) =>
      Number(b.width ?? 1024) * Number(b.height ?? 1024) > MAX_OUTPUT
        ? { field: 'width', message: 'output is at most 4 MP' }
        : null,
    price(b, inputMegapixels) {
      const out = Math.ceil((Number(b.width ?? 1024) * Number(b.height ?? 1024)) / MEGAPIXEL);
      return usd((firstCents + nextCents * (out - 1 + inputMegapixels)) / 100);
    },
  };
}

const kontext = (dollars: number): BflModel => ({
  fields: {
    prompt,
    input_image: picture,
    input_image_2: picture,
    input_image_3: picture,
    input_image_4: picture,
    aspect_ratio: ratio,
    ...TOLERANCE,
    ...COMMON,
  },
  also: (b) =>
    b.input_image !== undefined && Number(b.safety_tolerance ?? 2) > 2
      ? { field: 'safety_tolerance', message: 'at most 2 when an image is supplied' }
      : null,
  price: flat(dollars),
});

const pro2 = flux2(3, 1.5, 8, { disable_pup: boolean });

/** Models by path behind `/v1/`: https://docs.bfl.ai and github.com/black-forest-labs/skills. */
export const BFL_MODELS: Readonly<Record<string, BflModel>> = {
  'flux-pro-1.1': {
    fields: { prompt, width: side, height: side, image_prompt: picture, ...TOLERANCE, ...COMMON },
    price: flat(0.04),
  },
  'flux-pro-1.1-ultra': {
    fields: {
      ...{ prompt, aspect_ratio: ratio, raw: boolean, image_prompt: picture },
      ...{ image_prompt_strength: number(0, 1), ...TOLERANCE, ...COMMON },
    },
    price: flat(0.06),
  },
  'flux-kontext-pro': kontext(0.04),
  'flux-kontext-max': kontext(0.08),
  'flux-pro-1.0-fill': {
    fields: {
      image: required(picture),
      mask: picture,
      prompt: string(),
      steps: integer(15, 50),
      guidance: number(1.5, 100),
      ...TOLERANCE,
      ...COMMON,
    },
    also: masked,
    price: flat(0.05),
  },
  'flux-pro-1.0-expand': {
    fields: {
      ...{ image: required(picture), top: edge, bottom: edge, left: edge, right: edge },
      ...{ prompt: string(), steps: integer(15, 50), guidance: number(1.5, 100) },
      ...TOLERANCE,
      ...COMMON,
    },
    // No published figure at hand: that of the sibling fill model.
    price: flat(0.05),
  },
  'flux-2-pro': pro2,
  'flux-2-pro-preview': pro2,
  'flux-2-max': flux2(7, 3, 8, { disable_pup: boolean }),
  'flux-2-flex': flux2(5, 5, 8, {
    steps: integer(1, 50),
    guidance: number(1.5, 10),
    prompt_upsampling: boolean,
  }),
  'flux-2-klein-4b': flux2(1.4, 0, 4),
  'flux-2-klein-9b': flux2(1.5, 0, 4),
  'flux-tools/erase-v1': {
    fields: {
      image: required(picture),
      mask: required(picture),
      dilate_pixels: integer(0, 25),
      ...COMMON,
    },
    also: masked,
    // No published figure at hand: that of the fill model.
    price: flat(0.05),
  },
};

/** A mask given inline has the size of the inline image. */
function masked(b: Body): { field: string; message: string } | null {
  const [image, mask] = [inlinePicture(String(b.image)), inlinePicture(String(b.mask ?? ''))];
  if (!image || !mask) return null;
  return image.width === mask.width && image.height === mask.height
    ? null
    : { field: 'mask', message: 'mask must have the size of the image' };
}
