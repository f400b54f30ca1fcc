import { randomBytes } from 'node:crypto';
import { readInput } from './inputs.ts';
import type { Job } from './jobs.ts';
import { type PictureFormat, video } from './pictures.ts';
import { priced } from './prices.ts';
import type { Creation } from './replicate-create.ts';
import { NOT_FOUND, problem } from './replicate-errors.ts';
import type { ReplicateModel } from './replicate-models.ts';
import { json } from './reply.ts';
import type { Call, Reply, World } from './types.ts';
import { FORGED_SECRET, standardWebhookHeaders, type WebhookMessage } from './webhooks.ts';

/** Inputs, outputs and files of API predictions are deleted after one hour. */
const RETENTION_MS = 60 * 60 * 1000;
const PAGE = 100;

interface Prediction {
  input: Record<string, unknown>;
  model: ReplicateModel;
  output: string | string[] | null;
  error: string | null;
  webhook: string | null;
  events: readonly string[];
  /** Charge number, so that a documented free outcome can be taken back. */
  charge: number;
}

const STATUS: Readonly<Record<Job['state'], string>> = {
  queued: 'starting',
  running: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  moderated: 'failed',
  canceled: 'canceled',
};
const FLAGGED =
  'The input or output was flagged as sensitive. Please try again with different inputs. (E005)';

/** Predictions from start to purge. */
interface Predictions {
  start(call: Call, creation: Creation): Promise<Reply>;
  show(id: string): Reply;
  cancel(call: Call, id: string): Promise<Reply>;
  list(call: Call): Reply;
}

export function createPredictions(world: World): Predictions {
  async function start(
    call: Call,
    { name, model, input, webhook, events, wait }: Creation,
  ): Promise<Reply> {
    const id = randomBytes(13).toString('hex');
    const made = world.charges.add({
      vendor: 'replicate',
      model: name,
      microUsd: priced(world, 'replicate', name, model.unitPrice, model.units(input)),
      request: call.id,
      jobId: id,
      prompt: typeof input.prompt === 'string' ? input.prompt : null,
    });
    const unreadable = await firstUnreadable(input);
    const failing = call.script.fail ?? unreadable;
    const data: Prediction = {
      input,
      model,
      output: null,
      error: failing ?? null,
      webhook,
      events,
      charge: made.n,
    };
    const mode = call.script.webhooks ?? 'normal';
    const tell = async (job: Job<Prediction>, event: string): Promise<void> => {
      if (data.webhook && data.events.includes(event))
        await world.webhooks.send(message(job, event), event === 'completed' ? mode : 'normal');
    };
    const ends = call.script.moderate ? 'moderated' : failing ? 'failed' : 'succeeded';
    const job = world.jobs.create<Prediction>({
      vendor: 'replicate',
      id,
      model: name,
      data,
      ends: call.script.stuck ? null : ends,
      async onEnd(ended) {
        if (ended.state === 'succeeded') data.output = store(model, input);
        if (ended.state === 'moderated') data.error = FLAGGED;
        await tell(ended, 'completed');
        if (mode === 'reordered')
          await tell({ ...ended, state: 'running', endedAt: null }, 'start');
      },
      ...(data.webhook && { message: (j) => message(j, 'completed') }),
    });
    if (mode !== 'reordered') void tell(job, 'start');
    if (wait !== null) await world.jobs.settled(job, wait * 1000);
    const done = wait === null || job.endedAt !== null;
    return json(done ? 201 : 202, shape(job));
  }

  /** Message about the first input address that does not hold a picture, or undefined. */
  async function firstUnreadable(input: Record<string, unknown>): Promise<string | undefined> {
    for (const value of Object.values(input).flat()) {
      if (typeof value !== 'string' || !/^(https:\/\/|data:)/.test(value)) continue;
      const result = await readInput(world, value);
      if (!result.ok) return `Failed to read input: ${result.message}`;
    }
    return undefined;
  }

  function store(model: ReplicateModel, input: Record<string, unknown>): string | string[] {
    const urls = model.files(input).map((name, i) => {
      const kind = name.slice(name.lastIndexOf('.') + 1);
      const still = (kind === 'jpg' ? 'jpeg' : kind) as PictureFormat;
      const [type, body] =
        kind === 'mp4'
          ? (['video/mp4', video()] as const)
          : ([`image/${still}`, world.picture(still, i)] as const);
      return world.outputs.put({
        host: 'replicateDelivery',
        prefix: '/xezq/',
        name,
        type,
        body,
        lifetimeMs: RETENTION_MS,
      });
    });
    return model.output === 'uri' ? urls[0]! : urls;
  }

  function shape(job: Job<Prediction>): Record<string, unknown> {
    const { data } = job;
    const purged = job.endedAt !== null && world.now() - job.endedAt >= RETENTION_MS;
    const iso = (ms: number | null): string | null =>
      ms === null ? null : new Date(ms).toISOString();
    const seconds = ((job.endedAt ?? 0) - job.createdAt) / 1000;
    const api = `${world.origins.replicate}/v1/predictions/${job.id}`;
    return {
      id: job.id,
      model: job.model,
      version: data.model.version,
      input: purged ? {} : data.input,
      output: purged ? null : data.output,
      logs: '',
      error: job.endedAt === null ? null : data.error,
      status: job.state === 'canceled' && job.startedAt === null ? 'aborted' : STATUS[job.state],
      created_at: iso(job.createdAt),
      started_at: iso(job.startedAt),
      completed_at: iso(job.endedAt),
      data_removed: purged,
      source: 'api',
      ...(job.endedAt !== null && { metrics: { predict_time: seconds, total_time: seconds } }),
      ...(data.webhook && { webhook: data.webhook, webhook_events_filter: data.events }),
      urls: { get: api, cancel: `${api}/cancel`, web: `https://replicate.com/p/${job.id}` },
    };
  }

  function message(job: Job<Prediction>, event: string): WebhookMessage {
    return {
      vendor: 'replicate',
      jobId: job.id,
      url: job.data.webhook ?? '',
      event,
      body: JSON.stringify(shape(job)),
      sign: ({ id, seconds, body, forged }) =>
        standardWebhookHeaders(
          forged ? FORGED_SECRET : world.credentials.replicateWebhook,
          id,
          seconds,
          body,
        ),
    };
  }

  function show(id: string): Reply {
    const job = world.jobs.get<Prediction>('replicate', id);
    return job ? json(200, shape(job)) : NOT_FOUND();
  }

  async function cancel(call: Call, id: string): Promise<Reply> {
    const job = world.jobs.list('replicate').find((j) => j.id === id) as
      | Job<Prediction>
      | undefined;
    if (!job) return NOT_FOUND();
    if (call.body.length > 0 && call.body.toString() !== '{}')
      return problem(400, 'Bad request', 'cancel takes no body');
    if (job.endedAt === null && job.startedAt === null)
      world.charges.void(job.data.charge, 'aborted before it started');
    await world.jobs.finish('replicate', id, 'canceled');
    return json(200, shape(job));
  }

  function list(call: Call): Reply {
    const bound = (name: string, otherwise: number): number => {
      const text = call.query.get(name);
      return text === null ? otherwise : Date.parse(text);
    };
    const [after, before] = [bound('created_after', 0), bound('created_before', Number.MAX_VALUE)];
    if (Number.isNaN(after) || Number.isNaN(before))
      return problem(422, 'Invalid query', 'created_after and created_before are ISO 8601 dates');
    const from = Number(call.query.get('cursor') ?? 0);
    const all = (world.jobs.list('replicate') as Job<Prediction>[])
      .filter((j) => j.createdAt >= after && j.createdAt <= before)
      .reverse();
    const link = (at: number): string | null => {
      if (at < 0 || at >= all.length) return null;
      const query = new URLSearchParams(call.query);
      query.set('cursor', String(at));
      return `${world.origins.replicate}/v1/predictions?${query}`;
    };
    return json(200, {
      next: link(from + PAGE),
      previous: from === 0 ? null : link(Math.max(0, from - PAGE)),
      results: all.slice(from, from + PAGE).map(shape),
    });
  }

  return { start, show, cancel, list };
}
