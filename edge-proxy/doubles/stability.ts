import { randomBytes } from 'node:crypto';
import type { Job } from './jobs.ts';
import { parseMultipart } from './multipart.ts';
import { MEDIA_TYPE, type PictureFormat } from './pictures.ts';
import { priced, usd } from './prices.ts';
import { bearer, bytes, json } from './reply.ts';
import { checkFields, coerceForm } from './schema.ts';
import {
  creditsOf,
  pictureTrouble,
  STABILITY_OPERATIONS,
  type StabilityOperation,
} from './stability-fields.ts';
import type { Call, Double, Reply, World } from './types.ts';

const MAX_PAYLOAD = 10 * 1024 * 1024;
const KEPT_MS = 24 * 60 * 60 * 1000;
const MAX_CLIENT_HEADER = 256;

interface Result {
  format: PictureFormat;
  seed: number;
  filtered: boolean;
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'content_moderation',
  404: 'not_found',
  413: 'payload_too_large',
  422: 'unprocessable_entity',
  429: 'rate_limit_exceeded',
  500: 'internal_error',
};

function problem(status: number, ...errors: string[]): Reply {
  const id = randomBytes(16).toString('hex');
  return json(
    status,
    { id, name: NAMES[status] ?? 'internal_error', errors },
    { 'x-request-id': id },
  );
}

/** `api.stability.ai` v2beta: https://platform.stability.ai/docs/api-reference. */
export function createStability(world: World): Double {
  function handle(call: Call): Reply {
    if (bearer(call.headers.authorization) !== world.credentials.stability)
      return problem(401, 'authorization: invalid or missing API key');
    for (const [name, value] of Object.entries(call.headers))
      if (name.startsWith('stability-client-') && String(value).length > MAX_CLIENT_HEADER)
        return problem(400, `${name}: must be at most 256 characters`);
    const route = `${call.method} ${call.path}`;
    if (route === 'GET /v1/user/balance') return json(200, { credits: 1000 });
    const start = /^POST \/v2beta\/stable-image\/([a-z-]+\/[a-z0-9-]+)$/.exec(route);
    if (start && Object.hasOwn(STABILITY_OPERATIONS, start[1]!))
      return run(call, start[1]!, STABILITY_OPERATIONS[start[1]!]!);
    const poll = /^GET \/v2beta\/results\/([0-9a-f]+)$/.exec(route);
    return poll ? result(call, poll[1]!) : problem(404, 'not found');
  }

  function run(call: Call, name: string, operation: StabilityOperation): Reply {
    const accept = accepted(call);
    if (!accept) return problem(400, 'accept: must be image/* or application/json');
    if (call.body.length > MAX_PAYLOAD) return problem(413, 'payload: at most 10 MiB');
    const form = parseMultipart(call.headers['content-type'], call.body);
    if (!form.ok) return problem(400, form.message);
    const text: Record<string, string> = Object.create(null);
    const pictures: Record<string, Buffer> = {};
    for (const part of form.parts) {
      if (Object.hasOwn(text, part.name) || Object.hasOwn(pictures, part.name))
        return problem(400, `${part.name}: must appear once`);
      if (Object.hasOwn(operation.pictures, part.name)) pictures[part.name] = part.data;
      else text[part.name] = part.data.toString('utf8');
    }
    const values = coerceForm(text, operation.fields);
    const errors = checkFields(values, operation.fields).map((i) => `${i.path[0]}: ${i.message}`);
    for (const [field, needed] of Object.entries(operation.pictures)) {
      const file = pictures[field];
      const trouble = file ? pictureTrouble(field, file) : needed ? `${field}: is required` : null;
      if (trouble) errors.push(trouble);
    }
    const joined = operation.also?.({ ...values, ...pictures });
    if (joined) errors.push(joined);
    if (errors.length > 0) return problem(400, ...errors);
    if (call.script.moderate === 'input')
      return problem(403, 'Your request was flagged by our content moderation system.');
    if (call.script.fail && !operation.later) return problem(500, call.script.fail);

    const jobId = operation.later ? randomBytes(32).toString('hex') : null;
    // The model of the SD3 path is a field: each has its own price.
    const model = name === 'generate/sd3' ? String(values.model ?? 'sd3.5-large') : name;
    world.charges.add({
      vendor: 'stability',
      model,
      microUsd: priced(world, 'stability', model, usd(creditsOf(operation, values) / 100)),
      request: call.id,
      jobId,
      prompt: typeof values.prompt === 'string' ? values.prompt : null,
    });
    const made: Result = {
      format: (values.output_format ?? 'png') as PictureFormat,
      seed: Number(values.seed) || call.id,
      filtered: call.script.moderate === 'output',
    };
    if (jobId === null) return show(world, accept, made);
    const ends = call.script.fail ? 'failed' : 'succeeded';
    world.jobs.create<Result>({
      vendor: 'stability',
      id: jobId,
      model,
      data: made,
      ends: call.script.stuck ? null : ends,
    });
    return json(200, { id: jobId });
  }

  function result(call: Call, id: string): Reply {
    const accept = accepted(call);
    if (!accept) return problem(400, 'accept: must be image/* or application/json');
    const job: Job<Result> | undefined = world.jobs.get<Result>('stability', id);
    if (!job || world.now() - job.createdAt > KEPT_MS) return problem(404, 'id: not found');
    if (job.endedAt === null) return json(202, { id, status: 'in-progress' });
    return job.state === 'succeeded'
      ? show(world, accept, job.data)
      : problem(500, 'generation failed');
  }

  return { handle, refuse: (status) => problem(status, `status ${status}`) };
}

function accepted(call: Call): 'image' | 'json' | null {
  if (call.headers.accept === 'image/*') return 'image';
  return call.headers.accept === 'application/json' ? 'json' : null;
}

function show(world: World, accept: 'image' | 'json', { format, seed, filtered }: Result): Reply {
  const body = world.picture(format, filtered ? 0 : seed);
  const reason = filtered ? 'CONTENT_FILTERED' : 'SUCCESS';
  return accept === 'json'
    ? json(200, { image: body.toString('base64'), finish_reason: reason, seed })
    : bytes(200, MEDIA_TYPE[format], body, {
        'finish-reason': reason,
        seed: String(seed),
        'x-request-id': randomBytes(16).toString('hex'),
      });
}
