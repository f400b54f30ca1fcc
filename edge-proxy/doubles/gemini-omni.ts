import { randomBytes } from 'node:crypto';
import { startVideo, type VideoJob } from './gemini-jobs.ts';
import { googleError, googleInvalid } from './google-errors.ts';
import { decodeBase64, inspect } from './inspect.ts';
import type { Job } from './jobs.ts';
import { usd } from './prices.ts';
import { isObject, json } from './reply.ts';
import { boolean, checkFields, type Fields, oneOf, required, string } from './schema.ts';
import type { Call, Reply, World } from './types.ts';

export const OMNI_MODEL = 'gemini-omni-1.1-flash';
/** No published figure at hand: the fast Veo's, which it replaces. */
const PER_SECOND = usd(0.1);
const DEFAULT_SECONDS = 8;

const REQUEST: Fields = {
  model: required(string({ min: 1 })),
  input: required({ type: 'anything' }),
  background: boolean,
  response_format: required({ type: 'anything' }),
  store: boolean,
  previous_interaction_id: string(),
};
const FORMAT: Fields = {
  type: required(oneOf('video')),
  delivery: oneOf('uri', 'inline'),
  aspect_ratio: oneOf('16:9', '9:16'),
  resolution: oneOf('720p', '1080p'),
  duration: string({ pattern: /^([3-9]|10)s$/ }),
};

/** `POST /interactions` for Omni video, the successor of Veo. */
export function createInteraction(world: World, call: Call, body: Record<string, unknown>): Reply {
  const issue = checkFields(body, REQUEST)[0];
  if (issue) return googleInvalid(issue);
  if (body.model !== OMNI_MODEL)
    return googleError(404, `Model ${String(body.model)} is not found.`);
  const format = body.response_format;
  if (!isObject(format)) return googleError(400, 'response_format must be an object');
  const wrong = checkFields(format, FORMAT, ['response_format'])[0];
  if (wrong) return googleInvalid(wrong);
  const prompt = promptOf(body.input);
  if (prompt === null) return googleError(400, 'input must be text or text and image items');
  if (body.store === false && body.background === true)
    return googleError(400, 'background needs store');
  if (call.script.moderate === 'input')
    return json(400, {
      error: { code: 'PROHIBITED_CONTENT', message: 'Blocked.', status: 'INVALID_ARGUMENT' },
    });

  const id = `v1_${randomBytes(16).toString('hex')}`;
  const seconds = Number.parseInt(String(format.duration ?? DEFAULT_SECONDS), 10);
  startVideo(world, call, { id, model: OMNI_MODEL, perSecond: PER_SECOND, seconds, prompt });
  return json(200, { id, object: 'interaction', model: OMNI_MODEL, status: 'queued' });
}

/** Text of a string or item-list input; null when it has another form. */
function promptOf(input: unknown): string | null {
  if (typeof input === 'string') return input === '' ? null : input;
  if (!Array.isArray(input) || input.length === 0) return null;
  const words: string[] = [];
  for (const item of input as unknown[]) {
    if (!isObject(item)) return null;
    if (item.type === 'text' && typeof item.text === 'string') words.push(item.text);
    else if (item.type === 'image') {
      const file = decodeBase64(item.data);
      const info = file && inspect(file);
      if (!info || item.mime_type !== `image/${info.format}`) return null;
    } else return null;
  }
  return words.length > 0 ? words.join(' ') : null;
}

/** `GET /interactions/{id}`. A refusal is `completed` without a video. */
export function interaction(job: Job<VideoJob>, address: () => string): Reply {
  const common = { id: job.id, object: 'interaction', model: job.model };
  const states = {
    queued: 'queued',
    running: 'in_progress',
    succeeded: 'completed',
    moderated: 'completed',
    failed: 'failed',
    canceled: 'cancelled',
  };
  const status = states[job.state];
  if (job.state !== 'succeeded') {
    const usage = { output_tokens_by_modality: [] };
    return json(200, { ...common, status, ...(job.state === 'moderated' && { steps: [], usage }) });
  }
  const content = [{ type: 'video', uri: address(), mime_type: 'video/mp4' }];
  const usage = { output_tokens_by_modality: [{ modality: 'video', tokens: 1000 }] };
  return json(200, { ...common, status, steps: [{ type: 'model_output', content }], usage });
}
