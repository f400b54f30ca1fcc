import { googleError, googleInvalid } from './google-errors.ts';
import { decodeBase64, inspect } from './inspect.ts';
import { shutdownDate } from './lifecycle.ts';
import { priced, usd } from './prices.ts';
import { isObject, json } from './reply.ts';
import {
  arrayOf,
  checkFields,
  type Fields,
  integer,
  number,
  object,
  oneOf,
  required,
  string,
} from './schema.ts';
import type { Call, Reply, World } from './types.ts';

const MAX_REFERENCES = 14;
const RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];
const TALL_RATIOS = ['1:4', '4:1', '1:8', '8:1'];

interface ImageModel {
  ratios: readonly string[];
  /** Dollars by image size. */
  sizes: Readonly<Record<string, number>>;
}

/**
 * Image models and prices: https://ai.google.dev/gemini-api/docs/pricing. For 3.1-flash the sizes
 * between follow Google's published steps.
 */
export const IMAGE_MODELS: Readonly<Record<string, ImageModel>> = {
  'gemini-3.1-flash-image': {
    ratios: [...RATIOS, ...TALL_RATIOS],
    sizes: { '1K': 0.067, '512': 0.045, '0.5K': 0.045, '2K': 0.101, '4K': 0.15 },
  },
  'gemini-3-pro-image': { ratios: RATIOS, sizes: { '1K': 0.134, '2K': 0.134, '4K': 0.24 } },
  'gemini-3.1-flash-lite-image': { ratios: RATIOS, sizes: { '1K': 0.0336 } },
  'gemini-2.5-flash-image': { ratios: RATIOS, sizes: { '1K': 0.039 } },
};

const anything = { type: 'anything' } as const;

function requestFields(model: ImageModel): Fields {
  return {
    contents: required(
      arrayOf(
        object({
          role: oneOf('user', 'model'),
          parts: required(
            arrayOf(
              object({
                text: string(),
                inlineData: object({
                  mimeType: required(string({ pattern: /^image\/(png|jpeg|webp|heic|heif)$/ })),
                  data: required(string({ min: 1 })),
                }),
                fileData: object({ mimeType: string(), fileUri: required(string({ min: 1 })) }),
                thoughtSignature: string(),
              }),
              1,
              100,
            ),
          ),
        }),
        1,
        1000,
      ),
    ),
    generationConfig: object({
      responseModalities: arrayOf(oneOf('TEXT', 'IMAGE'), 1, 2),
      imageConfig: object({
        aspectRatio: oneOf(...model.ratios),
        imageSize: oneOf(...Object.keys(model.sizes)),
      }),
      seed: integer(),
      temperature: number(0, 2),
      thinkingConfig: object({ thinkingLevel: string(), includeThoughts: { type: 'boolean' } }),
    }),
    safetySettings: arrayOf(
      object({ category: required(string()), threshold: required(string()) }),
      0,
      20,
    ),
    systemInstruction: anything,
    tools: arrayOf(object({ google_search: anything, googleSearch: anything }), 0, 5),
  };
}

/** `POST /models/{model}:generateContent` of an image model. */
export function generateContent(
  world: World,
  call: Call,
  name: string,
  body: Record<string, unknown>,
): Reply {
  const model = IMAGE_MODELS[name]!;
  const issue = checkFields(body, requestFields(model))[0];
  if (issue) return googleInvalid(issue);
  const contents = body.contents as { parts: Record<string, unknown>[] }[];
  const parts = contents.flatMap((c) => c.parts);
  const trouble = parts.map(partTrouble).find((t) => t !== null);
  if (trouble) return googleError(400, trouble);
  if (parts.filter((p) => p.text === undefined).length > MAX_REFERENCES)
    return googleError(400, 'Too many images.');
  const config = isObject(body.generationConfig) ? body.generationConfig : {};
  const modalities = config.responseModalities as string[] | undefined;
  if (call.script.fail) return googleError(500, call.script.fail);

  const prompt = parts
    .map((p) => (typeof p.text === 'string' ? p.text : ''))
    .join(' ')
    .trim();
  const ends = shutdownDate(world, 'gemini', name);
  const common = {
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 1290, totalTokenCount: 1300 },
    modelVersion: name,
    responseId: `double-${call.id}`,
    modelStatus: {
      modelStage: ends === null ? 'STABLE' : 'LEGACY',
      ...(ends !== null && { retirementTime: `${ends}T00:00:00Z` }),
    },
  };
  if (call.script.moderate === 'input')
    return json(200, { ...common, promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } });
  const image = isObject(config.imageConfig) ? config.imageConfig : {};
  const size = typeof image.imageSize === 'string' ? image.imageSize : '1K';
  world.charges.add({
    vendor: 'gemini',
    model: name,
    microUsd: priced(world, 'gemini', name, usd(model.sizes[size]!)),
    request: call.id,
    jobId: null,
    prompt,
  });
  if (call.script.moderate === 'output') {
    const finishMessage = 'The picture was blocked.';
    return json(200, {
      ...common,
      candidates: [{ index: 0, finishReason: 'IMAGE_SAFETY', finishMessage }],
    });
  }
  const data = world.picture('png', call.id).toString('base64');
  // As the vendor does: words and a thought may come before the picture.
  const words = modalities?.includes('TEXT') ? [{ text: 'Here it is.' }] : [];
  const made = { inlineData: { mimeType: 'image/png', data }, thoughtSignature: 'ZG91Ymxl' };
  const content = { role: 'model', parts: [{ text: 'Thinking.', thought: true }, ...words, made] };
  return json(200, { ...common, candidates: [{ index: 0, content, finishReason: 'STOP' }] });
}

function partTrouble(part: Readonly<Record<string, unknown>>): string | null {
  const kinds = ['text', 'inlineData', 'fileData'].filter((k) => part[k] !== undefined);
  if (kinds.length !== 1) return 'A part holds exactly one of text, inlineData and fileData.';
  if (!isObject(part.inlineData)) return null;
  const file = decodeBase64(part.inlineData.data);
  const info = file && inspect(file);
  if (!info) return 'Unable to process input image.';
  return `image/${info.format}` === part.inlineData.mimeType
    ? null
    : 'The mimeType does not fit the image.';
}
