import { randomBytes, randomUUID } from 'node:crypto';
import { decodeBase64, inspect } from './inspect.ts';
import type { Job } from './jobs.ts';
import { MEDIA_TYPE, type PictureFormat } from './pictures.ts';
import { priced } from './prices.ts';
import { bearer, empty, json, mediaType, parseObject, text } from './reply.ts';
import {
  arrayOf,
  checkFields,
  type Fields,
  integer,
  number,
  oneOf,
  required,
  string,
} from './schema.ts';
import type { Call, Double, Reply, World } from './types.ts';
import { FORGED_SECRET, standardWebhookHeaders, type WebhookMessage } from './webhooks.ts';

const MODAL_MODEL = 'qwen-image';
const CALL_ID = '__modal_function_call_id';

const base64Picture = string({
  test: (t) => {
    const file = decodeBase64(t);
    return file && inspect(file) ? null : 'not a base64 picture';
  },
});
const side = { type: 'integer', min: 256, max: 4096, multipleOf: 8 } as const;
const REQUEST: Fields = {
  prompt: required(string({ min: 1 })),
  negative_prompt: string(),
  width: required(side),
  height: required(side),
  steps: integer(1, 100),
  true_cfg_scale: number(0, 20),
  seed: integer(0),
  image_b64: arrayOf(base64Picture, 0, 3),
  mask_b64: base64Picture,
  output_format: required(oneOf('png', 'jpeg', 'webp')),
  result_put_url: string({ pattern: /^https:\/\// }),
  webhook_url: string({ pattern: /^https:\/\// }),
};

interface Generation {
  seed: number;
  format: PictureFormat;
  error: string;
  putUrl: string | null;
  webhook: string | null;
}

/** A redirected call: how often it still redirects, and what it answers in the end. */
interface LongCall {
  hops: number;
  path: string;
  reply: Reply;
}

const detail = (status: number, message: string): Reply => json(status, { detail: message });

/**
 * The self-hosted generator behind a Modal-style edge:
 * https://modal.com/docs/guide/webhook-proxy-auth, https://modal.com/docs/guide/webhook-timeouts
 */
export function createModal(world: World): Double {
  const longCalls = new Map<string, LongCall>();

  function handle(call: Call): Reply | Promise<Reply> {
    const refused = authenticate(call);
    if (refused) return refused;
    const longId = call.query.get(CALL_ID);
    if (longId !== null) return follow(call, longId);
    const route = `${call.method} ${call.path}`;
    if (route === 'POST /v1/generate') return generate(call);
    const id = /^GET \/v1\/jobs\/([^/]+)$/.exec(route)?.[1];
    if (!id) return detail(404, 'Not Found');
    const job = world.jobs.get<Generation>('modal', id);
    return job ? json(200, shape(job)) : detail(404, 'Not Found');
  }

  function authenticate(call: Call): Reply | null {
    const { auth } = world.modal;
    const { modalKey, modalSecret, modalBearer } = world.credentials;
    const pair =
      call.headers['modal-key'] === modalKey && call.headers['modal-secret'] === modalSecret;
    if (auth !== 'bearer' && !pair)
      return text(401, 'modal-http: missing credentials for proxy authorization');
    if (auth !== 'proxy' && bearer(call.headers.authorization) !== modalBearer)
      return detail(401, 'Not authenticated');
    return null;
  }

  function generate(call: Call): Reply {
    if (mediaType(call.headers['content-type']) !== 'application/json')
      return detail(415, 'Content-Type must be application/json');
    const body = parseObject(call.body);
    if (!body) return detail(400, 'The body is not a JSON object');
    const issues = checkFields(body, REQUEST);
    if (
      body.mask_b64 !== undefined &&
      !(Array.isArray(body.image_b64) && body.image_b64.length > 0)
    )
      issues.push({ kind: 'format', path: ['mask_b64'], message: 'mask_b64 needs image_b64' });
    if (issues.length > 0)
      return json(422, {
        detail: issues.map((i) => ({ loc: ['body', ...i.path], msg: i.message, type: i.kind })),
      });
    const id = randomUUID();
    // Your own machine: counted as a call, free unless `prices` says otherwise.
    world.charges.add({
      vendor: 'modal',
      model: MODAL_MODEL,
      microUsd: priced(world, 'modal', MODAL_MODEL, 0),
      request: call.id,
      jobId: id,
      prompt: String(body.prompt),
    });
    const data: Generation = {
      seed: Number(body.seed ?? call.id),
      format: body.output_format as PictureFormat,
      error: call.script.fail ?? 'flagged by the safety checker',
      putUrl: typeof body.result_put_url === 'string' ? body.result_put_url : null,
      webhook: typeof body.webhook_url === 'string' ? body.webhook_url : null,
    };
    const mode = call.script.webhooks ?? 'normal';
    const ends = call.script.moderate ? 'moderated' : call.script.fail ? 'failed' : 'succeeded';
    world.jobs.create<Generation>({
      vendor: 'modal',
      id,
      model: MODAL_MODEL,
      data,
      ends: call.script.stuck ? null : ends,
      async onEnd(job) {
        if (job.state === 'succeeded') await deliver(data);
        if (data.webhook) await world.webhooks.send(message(job), mode);
      },
      ...(data.webhook && { message }),
    });
    const reply = json(202, { id, status: 'queued' });
    return call.script.hops ? redirect(call.path, call.script.hops, reply) : reply;
  }

  function redirect(path: string, hops: number, reply: Reply): Reply {
    const id = `fc-${randomBytes(12).toString('hex')}`;
    longCalls.set(id, { hops: hops - 1, path, reply });
    return empty(303, { location: `${world.origins.modal}${path}?${CALL_ID}=${id}` });
  }

  /** A 303 is followed with GET; the result can be read once. */
  function follow(call: Call, id: string): Reply {
    const long = longCalls.get(id);
    if (call.method !== 'GET') return detail(405, 'Method Not Allowed');
    if (!long || long.path !== call.path) return text(404, 'modal-http: unknown function call');
    if (long.hops > 0) {
      long.hops -= 1;
      return empty(303, { location: world.origins.modal + call.rawUrl });
    }
    longCalls.delete(id);
    return long.reply;
  }

  async function deliver({ putUrl, format, seed }: Generation): Promise<void> {
    const target = putUrl && world.route(putUrl);
    if (!target) return;
    await fetch(target, {
      method: 'PUT',
      headers: { 'content-type': MEDIA_TYPE[format] },
      body: new Uint8Array(world.picture(format, seed)),
      redirect: 'manual',
    }).catch(() => undefined); // A bucket that is down shows as a missing object.
  }

  function shape(job: Job<Generation>): Record<string, unknown> {
    const { id, state, data } = job;
    if (state === 'succeeded') {
      const image = data.putUrl
        ? { image_url: data.putUrl }
        : { image_b64: world.picture(data.format, data.seed).toString('base64') };
      return { id, status: 'succeeded', seed: data.seed, ...image };
    }
    if (state === 'queued' || state === 'running')
      return { id, status: state, progress: state === 'running' ? 0.5 : 0 };
    const code = state === 'moderated' ? 'moderated' : 'failed';
    return { id, status: 'failed', error: { code, message: data.error } };
  }

  function message(job: Job<Generation>): WebhookMessage {
    return {
      vendor: 'modal',
      jobId: job.id,
      url: job.data.webhook ?? '',
      event: 'completed',
      body: JSON.stringify(shape(job)),
      sign: ({ id, seconds, body, forged }) =>
        standardWebhookHeaders(
          forged ? FORGED_SECRET : world.credentials.modalWebhook,
          id,
          seconds,
          body,
        ),
    };
  }

  return { handle, refuse: (status) => detail(status, `status ${status}`) };
}
