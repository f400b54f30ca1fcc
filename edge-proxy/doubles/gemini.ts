import { generateContent, IMAGE_MODELS } from './gemini-image.ts';
import type { VideoJob } from './gemini-jobs.ts';
import { createInteraction, interaction, OMNI_MODEL } from './gemini-omni.ts';
import { operation, predictLongRunning, VEO_MODELS } from './gemini-veo.ts';
import { googleError, modelNotFound } from './google-errors.ts';
import type { Job } from './jobs.ts';
import { isShutDown } from './lifecycle.ts';
import { video } from './pictures.ts';
import { empty, json, mediaType, parseObject } from './reply.ts';
import type { Call, Double, Reply, World } from './types.ts';

const KEPT_MS = 2 * 24 * 60 * 60 * 1000;

/** `generativelanguage.googleapis.com` v1beta: https://ai.google.dev/api. */
export function createGemini(world: World): Double {
  const live = (model: string): boolean => !isShutDown(world, 'gemini', model);
  const models = [...Object.keys(IMAGE_MODELS), ...Object.keys(VEO_MODELS), OMNI_MODEL];

  function handle(call: Call): Reply {
    const key = call.headers['x-goog-api-key'] ?? call.query.get('key');
    if (!key)
      return googleError(403, 'Method doesn’t allow unregistered callers. Please use API Key.');
    if (key !== world.credentials.gemini) return googleError(403, 'API key not valid.');
    if (!call.path.startsWith('/v1beta/')) return googleError(404, 'Not found.');
    const path = call.path.slice('/v1beta/'.length);
    return call.method === 'GET' ? get(path) : post(call, path);
  }

  function get(path: string): Reply {
    const row = (m: string): unknown => ({ name: `models/${m}`, displayName: m });
    if (path === 'models') return json(200, { models: models.filter(live).map(row) });
    const model = /^models\/([^/:]+)$/.exec(path)?.[1];
    if (model)
      return models.includes(model) && live(model) ? json(200, row(model)) : modelNotFound(model);
    const operationId = /^models\/[^/]+\/operations\/([0-9a-f]+)$/.exec(path)?.[1];
    if (operationId) {
      const job = world.jobs.get<VideoJob>('gemini', operationId);
      return job ? operation(job, () => address(job)) : googleError(404, 'Operation not found.');
    }
    const interactionId = /^interactions\/([^/]+)$/.exec(path)?.[1];
    if (interactionId) {
      const job = world.jobs.get<VideoJob>('gemini', interactionId);
      return job
        ? interaction(job, () => address(job))
        : googleError(400, 'Invalid interaction name');
    }
    const file = /^files\/([^/:]+):download$/.exec(path)?.[1];
    return file ? download(file) : googleError(404, 'Not found.');
  }

  function post(call: Call, path: string): Reply {
    if (call.method !== 'POST') return googleError(404, 'Not found.');
    const cancel = /^interactions\/([^/]+)\/cancel$/.exec(path)?.[1];
    if (cancel) {
      const job = world.jobs.get<VideoJob>('gemini', cancel);
      if (!job) return googleError(400, 'Invalid interaction name');
      void world.jobs.finish('gemini', cancel, 'canceled');
      return interaction(job, () => address(job));
    }
    if (mediaType(call.headers['content-type']) !== 'application/json')
      return googleError(400, 'Content-Type must be application/json.');
    const body = parseObject(call.body);
    if (!body) return googleError(400, 'Invalid JSON payload received.');
    if (path === 'interactions') return createInteraction(world, call, body);
    const found = /^models\/([^/:]+):(\w+)$/.exec(path);
    if (!found) return googleError(404, 'Not found.');
    const [, model, verb] = found as unknown as [string, string, string];
    if (!live(model)) return modelNotFound(model);
    if (verb === 'generateContent' && Object.hasOwn(IMAGE_MODELS, model))
      return generateContent(world, call, model, body);
    if (verb === 'predictLongRunning' && Object.hasOwn(VEO_MODELS, model))
      return predictLongRunning(world, call, model, body);
    return modelNotFound(model);
  }

  /** The file's address on the API host; the bytes lie on another one. */
  function address(job: Job<VideoJob>): string {
    return `${world.origins.gemini}/v1beta/files/${job.id}:download?alt=media`;
  }

  function download(id: string): Reply {
    const job = world.jobs.get<VideoJob>('gemini', id);
    const made = job?.state === 'succeeded' && world.now() - job.endedAt! < KEPT_MS;
    if (!job || !made) return googleError(404, 'File not found.');
    job.data.uri ??= world.outputs.put({
      host: 'geminiStorage',
      name: 'video.mp4',
      type: 'video/mp4',
      body: video(),
      lifetimeMs: KEPT_MS,
    });
    return empty(302, { location: job.data.uri });
  }

  return {
    handle,
    refuse(status, retryAfterSeconds) {
      const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo' };
      const details =
        status === 429 && retryAfterSeconds !== undefined
          ? [{ ...retry, retryDelay: `${retryAfterSeconds}s` }]
          : [];
      return googleError(status, `status ${status}`, details);
    },
  };
}
