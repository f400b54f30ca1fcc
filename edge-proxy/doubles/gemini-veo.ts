import { randomBytes } from 'node:crypto';
import { startVideo, type VideoJob } from './gemini-jobs.ts';
import { googleError, googleInvalid } from './google-errors.ts';
import { decodeBase64, inspect } from './inspect.ts';
import type { Job } from './jobs.ts';
import { usd } from './prices.ts';
import { isObject, json } from './reply.ts';
import {
  arrayOf,
  boolean,
  checkFields,
  type Fields,
  object,
  oneOf,
  required,
  string,
} from './schema.ts';
import type { Call, Reply, World } from './types.ts';

interface VeoModel {
  /** Dollars per second by resolution. */
  perSecond: Readonly<Record<string, number>>;
  references: boolean;
}

/** Fields: googleapis/python-genai, `_GenerateVideosConfig_to_mldev`; prices: ai.google.dev pricing. */
export const VEO_MODELS: Readonly<Record<string, VeoModel>> = {
  'veo-3.1-generate-preview': {
    perSecond: { '720p': 0.4, '1080p': 0.4, '4k': 0.6 },
    references: true,
  },
  'veo-3.1-fast-generate-preview': {
    perSecond: { '720p': 0.1, '1080p': 0.12, '4k': 0.3 },
    references: true,
  },
  'veo-3.1-lite-generate-preview': {
    perSecond: { '720p': 0.05, '1080p': 0.08 },
    references: false,
  },
};

const still = object({
  bytesBase64Encoded: required(
    string({
      test: (text) => {
        const file = decodeBase64(text);
        return file && inspect(file) ? null : 'bytesBase64Encoded is not a picture';
      },
    }),
  ),
  mimeType: required(oneOf('image/png', 'image/jpeg', 'image/webp')),
});

function requestFields(model: VeoModel): Fields {
  return {
    instances: required(
      arrayOf(
        object({
          prompt: required(string({ min: 1 })),
          image: still,
          lastFrame: still,
          ...(model.references && {
            referenceImages: arrayOf(
              object({ image: required(still), referenceType: required(oneOf('asset')) }),
              1,
              3,
            ),
          }),
          video: object({ uri: required(string({ min: 1 })) }),
        }),
        1,
        1,
      ),
    ),
    parameters: object({
      aspectRatio: oneOf('16:9', '9:16'),
      durationSeconds: { type: 'integer', values: [4, 6, 8] },
      resolution: oneOf(...Object.keys(model.perSecond)),
      negativePrompt: string(),
      personGeneration: oneOf('allow_all', 'allow_adult', 'dont_allow'),
      sampleCount: { type: 'integer', values: [1] },
      enhancePrompt: boolean,
    }),
    webhookConfig: object({ uris: arrayOf(string(), 0, 10), userMetadata: { type: 'anything' } }),
  };
}

/** `POST /models/{model}:predictLongRunning`. */
export function predictLongRunning(
  world: World,
  call: Call,
  name: string,
  body: Record<string, unknown>,
): Reply {
  const model = VEO_MODELS[name]!;
  const issue = checkFields(body, requestFields(model))[0];
  if (issue) return googleInvalid(issue);
  const instance = (body.instances as Record<string, unknown>[])[0]!;
  const parameters = isObject(body.parameters) ? body.parameters : {};
  const seconds = Number(parameters.durationSeconds ?? 8);
  const resolution = String(parameters.resolution ?? '720p');
  const trouble = joined(instance, seconds, resolution);
  if (trouble) return googleError(400, trouble);
  if (call.script.moderate === 'input')
    return googleError(400, 'The prompt could not be submitted: it may violate the policies.');

  const id = randomBytes(6).toString('hex');
  const perSecond = usd(model.perSecond[resolution]!);
  startVideo(world, call, { id, model: name, perSecond, seconds, prompt: String(instance.prompt) });
  return json(200, { name: `models/${name}/operations/${id}` });
}

function joined(
  instance: Readonly<Record<string, unknown>>,
  seconds: number,
  resolution: string,
): string | null {
  if (instance.lastFrame !== undefined && instance.image === undefined)
    return 'lastFrame needs image.';
  if (instance.referenceImages !== undefined && instance.image !== undefined)
    return 'referenceImages cannot be combined with image.';
  const whole =
    resolution !== '720p' || instance.referenceImages !== undefined || instance.video !== undefined;
  return whole && seconds !== 8 ? 'This request needs durationSeconds 8.' : null;
}

/** `GET /models/{model}/operations/{id}`. */
export function operation(job: Job<VideoJob>, address: () => string): Reply {
  const name = `models/${job.model}/operations/${job.id}`;
  if (job.endedAt === null) return json(200, { name });
  if (job.state === 'failed')
    return json(200, { name, done: true, error: { code: 13, message: job.data.error } });
  const generateVideoResponse =
    job.state === 'succeeded'
      ? { generatedSamples: [{ video: { uri: address() } }] }
      : { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['The video was blocked.'] };
  return json(200, { name, done: true, response: { generateVideoResponse } });
}
