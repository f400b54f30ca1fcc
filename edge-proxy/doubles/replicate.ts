import { isShutDown } from './lifecycle.ts';
import { createDeliveryHost } from './outputs.ts';
import { readCreation } from './replicate-create.ts';
import { NOT_FOUND, problem } from './replicate-errors.ts';
import { createReplicateFiles } from './replicate-files.ts';
import { openApiSchema, REPLICATE_MODELS } from './replicate-models.ts';
import { createPredictions } from './replicate-predictions.ts';
import { bearer, json } from './reply.ts';
import type { Call, Double, Reply, World } from './types.ts';

/** `api.replicate.com`: https://replicate.com/docs/reference/http. */
export function createReplicate(world: World): Double {
  const predictions = createPredictions(world);
  const files = createReplicateFiles(world);

  async function handle(call: Call): Promise<Reply> {
    const path = call.path.startsWith('/v1/') ? call.path.slice(4) : null;
    if (path === null) return NOT_FOUND();
    const download = /^files\/([^/]+)\/download$/.exec(path);
    if (download && call.method === 'GET') return files.signedDownload(call, download[1]!);
    const header = call.headers.authorization;
    const legacy = path.startsWith('files') ? /^Token (\S+)$/.exec(header ?? '')?.[1] : undefined;
    if ((bearer(header) ?? legacy) !== world.credentials.replicate) {
      return problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');
    }
    const route = `${call.method} ${path}`;
    const official = /^POST models\/([^/]+\/[^/]+)\/predictions$/.exec(route);
    if (official) return create(call, official[1]!);
    if (route === 'POST predictions') return create(call, null);
    if (route === 'GET predictions') return predictions.list(call);
    if (route === 'GET webhooks/default/secret')
      return json(200, { key: world.credentials.replicateWebhook });
    if (route === 'GET account')
      return json(200, {
        type: 'organization',
        username: 'double',
        name: 'Double',
        github_url: null,
      });
    const one = /^(GET|POST) predictions\/([a-z0-9]+)(\/cancel)?$/.exec(route);
    if (one && (one[1] === 'POST') === (one[3] !== undefined))
      return one[3] ? predictions.cancel(call, one[2]!) : predictions.show(one[2]!);
    const model = /^GET models\/([^/]+\/[^/]+)(?:\/versions\/([0-9a-f]+))?$/.exec(route);
    if (model) return describeModel(world, model[1]!, model[2]);
    return route.includes(' files') ? files.handle(call, route) : NOT_FOUND();
  }

  async function create(call: Call, name: string | null): Promise<Reply> {
    if (name !== null && isShutDown(world, 'replicate', name)) return NOT_FOUND();
    const creation = readCreation(call, name);
    return 'model' in creation ? predictions.start(call, creation) : creation;
  }

  return {
    handle,
    refuse(status, retryAfterSeconds = 30) {
      if (status === 429)
        return json(429, {
          detail: `Request was throttled. Your rate limit resets in ~${retryAfterSeconds}s.`,
        });
      if (status === 402)
        return problem(
          402,
          'Insufficient credit',
          'You have insufficient credit to run this model.',
        );
      return problem(status, 'Error', `status ${status}`);
    },
  };
}

/** A model that was withdrawn keeps its page and has no version left to run. */
function describeModel(world: World, name: string, version: string | undefined): Reply {
  const model = REPLICATE_MODELS[name];
  if (!model || (version !== undefined && version !== model.version)) return NOT_FOUND();
  const latest = { id: model.version, openapi_schema: openApiSchema(model) };
  if (version !== undefined) return json(200, latest);
  const [owner, short] = name.split('/');
  const latest_version = isShutDown(world, 'replicate', name) ? null : latest;
  return json(200, { owner, name: short, is_official: model.official, latest_version });
}

/** `replicate.delivery`: links work without a token unless the test asks for the stricter reading. */
export function createReplicateDelivery(world: World): Double {
  return createDeliveryHost(
    world,
    'replicateDelivery',
    { unknown: 404, expired: 404 },
    (header) =>
      !world.replicateDeliveryNeedsToken || bearer(header) === world.credentials.replicate,
  );
}
