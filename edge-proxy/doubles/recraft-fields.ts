import { usd } from './prices.ts';
import {
  arrayOf,
  boolean,
  type Fields,
  integer,
  number,
  object,
  oneOf,
  required,
  string,
} from './schema.ts';

const V3 = ['recraftv3', 'recraftv3_vector', 'recraftv2', 'recraftv2_vector'];
const V4 = ['recraftv4', 'recraftv4_1']
  .flatMap((m) => [m, `${m}_pro`])
  .concat('recraftv4_1_utility');
const RECRAFT_MODELS = [...V3, ...V4.flatMap((m) => [m, `${m}_vector`])];
export const DEFAULT_MODEL = 'recraftv4_1';

const V3_SIZES = [
  ...['1024x1024', '1365x1024', '1024x1365', '1536x1024', '1024x1536', '1820x1024', '1024x1820'],
  ...['1024x2048', '2048x1024', '1434x1024', '1024x1434', '1024x1280', '1280x1024'],
  ...['1024x1707', '1707x1024'],
];
const STYLES = [
  ...[
    'any',
    'realistic_image',
    'digital_illustration',
    'vector_illustration',
    'icon',
    'logo_raster',
  ],
  ...['Photorealism', 'Illustration', 'Vector art', 'Recraft V3 Raw'],
];
const rgb = object({ rgb: required(arrayOf(integer(0, 255), 3, 3)), weight: number(0, 1) });
const point = arrayOf(number(0, 1), 2, 2);

export const isV3 = (model: string): boolean => V3.includes(model);

const OUTPUT: Fields = {
  n: integer(1, 6),
  response_format: oneOf('url', 'b64_json'),
  image_format: oneOf('png', 'webp'),
  random_seed: integer(0),
};

function styled(model: string): Fields {
  if (!isV3(model)) return {};
  return {
    style: oneOf(...STYLES),
    substyle: string({ pattern: /^[a-z0-9_]+$/ }),
    style_id: string({ pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ }),
    negative_prompt: string(),
  };
}

const promptOf = (model: string) => required(string({ min: 1, max: isV3(model) ? 1000 : 10_000 }));

/** `POST /images/generations`: https://www.recraft.ai/docs. */
export function generationFields(model: string): Fields {
  const v3 = isV3(model);
  return {
    prompt: promptOf(model),
    model: oneOf(...RECRAFT_MODELS),
    size: v3 ? oneOf(...V3_SIZES) : string({ pattern: /^\d{1,4}[x:]\d{1,4}$/ }),
    ...styled(model),
    ...OUTPUT,
    ...(v3 && {
      text_layout: arrayOf(
        object({
          text: required(string({ pattern: /^\S+$/ })),
          bbox: required(arrayOf(point, 4, 4)),
        }),
        0,
        100,
      ),
    }),
    controls: object({
      colors: arrayOf(rgb, 0, 20),
      background_color: object({ rgb: required(arrayOf(integer(0, 255), 3, 3)) }),
      ...(v3 && { artistic_level: integer(0, 5), no_text: boolean }),
    }),
  };
}

export interface RecraftTool {
  fields(model: string): Fields;
  files: readonly string[];
  /** Takes JSON with `image_url` as well as a form. */
  byUrl?: boolean;
  /** Answers `image` instead of `data[]`. */
  single?: boolean;
  /** SVG comes out. */
  vector?: boolean;
  /** Micro-dollars per picture. */
  price: number;
}

const edit = (model: string): Fields => ({
  prompt: promptOf(model),
  model: oneOf(...RECRAFT_MODELS),
  ...styled(model),
  ...OUTPUT,
});
const plain = (): Fields => ({
  response_format: OUTPUT.response_format!,
  image_format: OUTPUT.image_format!,
});
const IMAGE = ['image'];
const MASKED = ['image', 'mask'];

/**
 * The other POSTs. V3 raster is $0.04; the tools' figures are Recraft's list
 * prices and belong into `prices` when a test counts on them.
 */
export const RECRAFT_TOOLS: Readonly<Record<string, RecraftTool>> = {
  imageToImage: {
    fields: (m) => ({ ...edit(m), strength: required(number(0, 1)) }),
    files: IMAGE,
    byUrl: true,
    price: usd(0.04),
  },
  inpaint: { fields: edit, files: MASKED, price: usd(0.04) },
  generateBackground: { fields: edit, files: MASKED, price: usd(0.04) },
  replaceBackground: { fields: edit, files: IMAGE, price: usd(0.04) },
  eraseRegion: { fields: plain, files: MASKED, single: true, price: usd(0.002) },
  removeBackground: { fields: plain, files: IMAGE, single: true, price: usd(0.01) },
  vectorize: { fields: plain, files: IMAGE, single: true, vector: true, price: usd(0.01) },
  crispUpscale: { fields: plain, files: IMAGE, single: true, price: usd(0.004) },
  creativeUpscale: { fields: plain, files: IMAGE, single: true, price: usd(0.25) },
};

/** Micro-dollars of one generated picture. */
export function generationPrice(vector: boolean): number {
  return usd(vector ? 0.08 : 0.04);
}
