import { awsError, refuse, validation } from './aws-errors.ts';
import { invokeClaude } from './bedrock-claude.ts';
import { invokeNova } from './bedrock-nova.ts';
import { invokeStability, STABILITY_IDS } from './bedrock-stability.ts';
import { isShutDown, shutdownDate } from './lifecycle.ts';
import { bearer, json, mediaType, parseObject } from './reply.ts';
import { verifySigV4 } from './sigv4.ts';
import type { Call, Double, Reply, World } from './types.ts';

/** Body limit of InvokeModel, both ways. */
const MAX_BODY = 25_000_000;
const NOVA_CANVAS = 'amazon.nova-canvas-v1:0';
const NOVA_REGIONS = ['us-east-1', 'eu-west-1', 'ap-northeast-1'];

/** Region of the credential scope (null with a bearer key), or the refusal. */
function authenticate(world: World, call: Call): { region: string | null } | Reply {
  const header = call.headers.authorization ?? '';
  if (header.startsWith('Bearer ')) {
    return bearer(header) === world.credentials.bedrockBearer
      ? { region: null }
      : awsError(403, 'AccessDeniedException', 'Authentication failed: the API key is not valid.');
  }
  const result = verifySigV4(call, {
    accessKeyId: world.credentials.awsAccessKeyId,
    secretAccessKey: world.credentials.awsSecretAccessKey,
    service: 'bedrock',
    now: world.now(),
  });
  if (result.ok) return { region: result.region };
  const { failure } = result;
  switch (failure.kind) {
    case 'missing':
      return awsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    case 'unknownKey':
      return awsError(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    case 'incomplete':
      return awsError(403, 'IncompleteSignatureException', failure.message);
    case 'expired':
    case 'mismatch':
      return awsError(403, 'InvalidSignatureException', failure.message);
  }
}

/** `bedrock-runtime.{region}.amazonaws.com` in the shapes of botocore's service model 2023-09-30; one listener for all regions. */
export function createBedrock(world: World): Double {
  return {
    refuse,
    handle(call) {
      const identity = authenticate(world, call);
      if ('status' in identity) return identity;
      const route = /^\/model\/([^/]+)\/(invoke|converse)$/.exec(call.path);
      if (!route) return awsError(404, 'UnknownOperationException', 'Unknown operation');
      if (call.method !== 'POST')
        return awsError(405, 'UnknownOperationException', 'Method not allowed');
      const model = decoded(route[1]!);
      if (model === null)
        return awsError(404, 'UnknownOperationException', 'The model id must be URL-encoded');
      if (mediaType(call.headers['content-type']) !== 'application/json')
        return validation('Content-Type must be application/json');
      if (call.body.length > MAX_BODY) return validation('The request body is too large.');
      const body = parseObject(call.body);
      if (!body) return awsError(400, 'SerializationException', 'The body is not a JSON object.');
      if (isShutDown(world, 'bedrock', model))
        return awsError(
          404,
          'ResourceNotFoundException',
          'This model version has reached the end of its life.',
        );
      return route[2] === 'converse'
        ? invokeClaude(world, call, model, body)
        : invoke(world, call, model, identity.region, body);
    },
  };
}

/** The model id behind a path segment; null when it is not encoded as the service expects. */
function decoded(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment);
    return encodeURIComponent(id) === segment ? id : null;
  } catch {
    return null;
  }
}

function invoke(
  world: World,
  call: Call,
  model: string,
  region: string | null,
  body: Record<string, unknown>,
): Reply {
  const accept = call.headers.accept ?? '*/*';
  if (!/application\/json|\*\/\*/.test(accept))
    return validation('Accept must be application/json');
  if (model === NOVA_CANVAS) {
    return region === null || NOVA_REGIONS.includes(region)
      ? invokeNova(world, call, model, body)
      : validation('The provided model identifier is invalid.');
  }
  const stability = STABILITY_IDS.get(model);
  if (!stability || (region !== null && !stability.regions.includes(region)))
    return validation('The provided model identifier is invalid.');
  return invokeStability(world, call, model, stability, body);
}

/** `bedrock.{region}.amazonaws.com`: the lifecycle signal of `GET /foundation-models`. */
export function createBedrockControl(world: World): Double {
  return {
    refuse,
    handle(call) {
      const identity = authenticate(world, call);
      if ('status' in identity) return identity;
      if (call.method !== 'GET' || call.path !== '/foundation-models')
        return awsError(404, 'UnknownOperationException', 'Unknown operation');
      const known = [
        NOVA_CANVAS,
        ...STABILITY_IDS.keys(),
        'anthropic.claude-sonnet-4-5-20250929-v1:0',
      ];
      const summaries = known
        .filter((id) => !isShutDown(world, 'bedrock', id))
        .map((id) => ({
          modelId: id.replace(/^us\./, ''),
          modelLifecycle: lifecycleOf(shutdownDate(world, 'bedrock', id)),
        }));
      return json(200, { modelSummaries: summaries });
    },
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelLifecycle.html */
function lifecycleOf(end: string | null): Record<string, string> {
  return end === null
    ? { status: 'ACTIVE' }
    : { status: 'LEGACY', endOfLifeTime: `${end}T00:00:00Z` };
}
