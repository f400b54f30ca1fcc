import { randomUUID } from 'node:crypto';
import { BFL_MODELS, type BflModel, inlinePicture } from './bfl-models.ts';
import { readInput } from './inputs.ts';
import { ENDED, type Job } from './jobs.ts';
import { MEDIA_TYPE, type PictureFormat } from './pictures.ts';
import { priced } from './prices.ts';
import { json, mediaType, parseObject } from './reply.ts';
import { checkFields, type Issue } from './schema.ts';
import type { Call, Double, Reply, World } from './types.ts';
import { bflSignature, FORGED_SECRET, type WebhookMessage } from './webhooks.ts';

const LINK_MS = 10 * 60 * 1000;
const MAX_IN_FLIGHT = 24;

interface Task {
  prompt: string;
  seed: number;
  format: PictureFormat;
  sample: string | null;
  error: string;
  /** Which of the two moderation answers a moderated task gives. */
  stage: 'input' | 'output';
  webhook: { url: string; secret: string } | null;
}

/** `api.bfl.ai`: https://docs.bfl.ai. */
export function createBfl(world: World): Double {
  async function handle(call: Call): Promise<Reply> {
    const refused = authenticate(world, call);
    if (refused) return refused;
    if (call.method === 'GET' && call.path === '/v1/get_result') return result(world, call);
    const name = call.path.replace(/^\/v1\//, '');
    if (!call.path.startsWith('/v1/') || !Object.hasOwn(BFL_MODELS, name))
      return json(404, { detail: 'Not Found' });
    if (call.method !== 'POST') return json(405, { detail: 'Method Not Allowed' });
    if (mediaType(call.headers['content-type']) !== 'application/json')
      return invalid([
        { kind: 'type', path: [], message: 'Content-Type must be application/json' },
      ]);
    const body = parseObject(call.body);
    if (!body) return invalid([{ kind: 'type', path: [], message: 'JSON decode error' }]);
    const model = BFL_MODELS[name]!;
    const issues = checkFields(body, model.fields);
    const joined = issues.length === 0 ? model.also?.(body) : null;
    if (joined) issues.push({ kind: 'format', path: [joined.field], message: joined.message });
    if (issues.length > 0) return invalid(issues);
    const inFlight = world.jobs.list('bfl').filter((j) => !ENDED.has(j.state)).length;
    return inFlight >= MAX_IN_FLIGHT ? limited(1) : submit(call, name, model, body);
  }

  async function submit(
    call: Call,
    name: string,
    model: BflModel,
    body: Record<string, unknown>,
  ): Promise<Reply> {
    const id = randomUUID();
    const inputs = Object.keys(body).filter((f) =>
      /^(image|mask|image_prompt|input_image)/.test(f),
    );
    const read = await Promise.all(inputs.map((f) => inputPicture(String(body[f]))));
    const megapixels = read
      .filter((r) => r.ok && r.info)
      .reduce(
        (sum, r) =>
          sum + (r.ok && r.info ? Math.ceil((r.info.width * r.info.height) / 2 ** 20) : 0),
        0,
      );
    const unreadable = read.find((r) => !r.ok);
    const cost = priced(world, 'bfl', name, model.price(body, megapixels));
    const charge = world.charges.add({
      vendor: 'bfl',
      model: name,
      microUsd: cost,
      request: call.id,
      jobId: id,
      prompt: typeof body.prompt === 'string' ? body.prompt : null,
    });
    const failing = call.script.fail ?? (unreadable?.ok === false ? unreadable.message : undefined);
    const data: Task = {
      prompt: String(body.prompt ?? ''),
      seed: Number(body.seed ?? call.id),
      format: (body.output_format ?? 'jpeg') as PictureFormat,
      sample: null,
      error: failing ?? 'generation failed',
      stage: call.script.moderate ?? 'input',
      webhook:
        typeof body.webhook_url === 'string'
          ? { url: body.webhook_url, secret: String(body.webhook_secret ?? '') }
          : null,
    };
    const ends = call.script.moderate ? 'moderated' : failing ? 'failed' : 'succeeded';
    const mode = call.script.webhooks ?? 'normal';
    world.jobs.create<Task>({
      vendor: 'bfl',
      id,
      model: name,
      data,
      ends: call.script.stuck ? null : ends,
      async onEnd(job) {
        if (job.state === 'moderated') world.charges.void(charge.n, 'moderated: not charged');
        if (job.state === 'succeeded') data.sample = link(data);
        if (data.webhook) await world.webhooks.send(message(job), mode);
      },
      ...(data.webhook && { message }),
    });
    return json(200, {
      id,
      polling_url: `${world.origins.bflRegion}/v1/get_result?id=${id}`,
      cost: cost / 10_000,
      input_mp: megapixels,
    });
  }

  function inputPicture(text: string): ReturnType<typeof readInput> {
    if (/^(https|data):/.test(text)) return readInput(world, text);
    return Promise.resolve({ ok: true, info: inlinePicture(text) });
  }

  function link(data: Task): string {
    return world.outputs.put({
      host: 'bflDelivery',
      prefix: '/results/',
      name: `sample.${data.format}`,
      query: `se=${new Date(world.now() + LINK_MS).toISOString()}&sig=double`,
      type: MEDIA_TYPE[data.format],
      body: world.picture(data.format, data.seed),
      lifetimeMs: LINK_MS,
    });
  }

  function message(job: Job<Task>): WebhookMessage {
    const { webhook, sample, prompt, seed, error } = job.data;
    const timestamp = new Date(world.now()).toISOString();
    const told =
      job.state === 'succeeded'
        ? { id: job.id, status: 'Ready', result: { sample, prompt, seed }, timestamp }
        : { id: job.id, status: 'Error', error: statusOf(job), message: error, timestamp };
    return {
      vendor: 'bfl',
      jobId: job.id,
      url: webhook?.url ?? '',
      event: 'completed',
      body: JSON.stringify(told),
      sign: ({ body, forged }) => ({
        'x-bfl-signature': bflSignature(forged ? FORGED_SECRET : (webhook?.secret ?? ''), body),
      }),
    };
  }

  return { handle, refuse };
}

/** A regional host: polling only. */
export function createBflPoll(world: World): Double {
  return {
    refuse,
    handle(call) {
      const refused = authenticate(world, call);
      if (refused) return refused;
      return call.method === 'GET' && call.path === '/v1/get_result'
        ? result(world, call)
        : json(404, { detail: 'Not Found' });
    },
  };
}

function authenticate(world: World, call: Call): Reply | null {
  const key = call.headers['x-key'];
  if (key === undefined) return json(401, { detail: 'Not authenticated - Invalid Authentication' });
  return key === world.credentials.bfl ? null : json(403, { detail: 'Invalid API key' });
}

function statusOf(job: Job<Task>): string {
  if (job.state === 'succeeded') return 'Ready';
  if (job.state === 'moderated')
    return job.data.stage === 'input' ? 'Request Moderated' : 'Content Moderated';
  return ENDED.has(job.state) ? 'Error' : 'Pending';
}

/** `GET /v1/get_result?id=`; moderation and failure are 200 answers. */
function result(world: World, call: Call): Reply {
  const id = call.query.get('id');
  if (!id) return invalid([{ kind: 'required', path: ['id'], message: 'Field required' }], 'query');
  const job = world.jobs.get<Task>('bfl', id);
  const blank = { id, result: null, progress: null, details: null, preview: null };
  if (!job) return json(200, { ...blank, status: 'Task not found' });
  const status = statusOf(job);
  const { sample, prompt, seed, error } = job.data;
  if (status === 'Ready') {
    const times = { start_time: job.createdAt / 1000, end_time: job.endedAt! / 1000 };
    const duration = (job.endedAt! - job.createdAt) / 1000;
    return json(200, { ...blank, status, result: { sample, prompt, seed, ...times, duration } });
  }
  const details =
    job.state === 'moderated'
      ? { 'Moderation Reasons': ['Safety'] }
      : status === 'Error'
        ? { error }
        : null;
  return json(200, { ...blank, status, details, progress: status === 'Pending' ? 0.5 : null });
}

/** FastAPI's shape. */
function invalid(issues: readonly Issue[], place = 'body'): Reply {
  const detail = issues.map((i) => ({ loc: [place, ...i.path], msg: i.message, type: i.kind }));
  return json(422, { detail });
}

function limited(retryAfterSeconds: number): Reply {
  return json(
    429,
    { error: 'rate_limit_exceeded', message: 'Too many tasks', retry_after: retryAfterSeconds },
    {
      'x-ratelimit-limit': String(MAX_IN_FLIGHT),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(retryAfterSeconds),
    },
  );
}

function refuse(status: number, retryAfterSeconds = 1): Reply {
  if (status === 429) return limited(retryAfterSeconds);
  if (status === 402) return json(402, { detail: 'Insufficient credits' });
  return json(status, { error: 'error', message: `status ${status}`, details: null });
}
