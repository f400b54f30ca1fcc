/**
 * Amazon Bedrock through its SDK, which signs (SigV4) or sends the bearer key. Its transport is
 * replaced by ours: constant host, no redirects, breaker, and no second attempt of anything.
 */
import {
  BedrockRuntimeClient,
  type ContentBlock,
  ConverseCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { fromBase64 } from '../http/base64.ts';
import { originOf } from '../http/hosts.ts';
import { awsKey } from '../http/keys.ts';
import { sendOnce, Unsent } from '../http/wire.ts';
import type { Adapter, Answer, Call, Wire } from './adapter.ts';
import { assistSystem } from './assist.ts';
import { novaBody, stabilityBody } from './bedrock-bodies.ts';
import { at, type Json, list, number, text } from './reading.ts';

/** The parts of the SDK's request that travel. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function client(
  env: Env,
  region: string,
  wire: Wire & { markPosted?(): void },
): BedrockRuntimeClient {
  const key = awsKey(env);
  const origin = originOf(env, 'bedrock');
  if (key === null || origin === null) throw new Unsent('not_configured');
  const requestHandler = {
    async handle(request: SdkRequest) {
      const port = request.port === undefined ? '' : `:${request.port}`;
      const url = new URL(`${request.protocol}//${request.hostname}${port}${request.path}`);
      if (url.origin !== origin) throw new Unsent('provider_unavailable');
      const waiting = sendOnce('bedrock', url, {
        method: request.method,
        headers: withoutHost(request.headers),
        body: request.body as BodyInit,
      });
      wire.markPosted?.();
      const response = await waiting;
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: response.body,
        },
      };
    },
  };
  return new BedrockRuntimeClient({
    region,
    endpoint: origin,
    maxAttempts: 1,
    requestHandler: requestHandler as never,
    ...(key.kind === 'bearer'
      ? { token: { token: key.token }, authSchemePreference: ['httpBearerAuth'] }
      : { credentials: key, authSchemePreference: ['sigv4'] }),
  });
}

function withoutHost(headers: SdkRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
}

async function start(env: Env, call: Call, wire: Wire): Promise<Answer> {
  const bedrock = client(env, wire.settings.region, wire);
  try {
    return call.model.output === 'text' ? await talk(bedrock, call) : await make(bedrock, call);
  } catch (error) {
    return failure(error);
  }
}

async function make(bedrock: BedrockRuntimeClient, call: Call): Promise<Answer> {
  const nova = call.model.vendorModel.startsWith('amazon.');
  const document = nova ? await novaBody(call) : await stabilityBody(call);
  const answer = await bedrock.send(
    new InvokeModelCommand({
      modelId: call.model.vendorModel,
      contentType: 'application/json',
      accept: 'application/json',
      body: JSON.stringify(document),
    }),
  );
  const body = JSON.parse(new TextDecoder().decode(answer.body)) as Json;
  const images = list(at(body, 'images')).map(text);
  const filtered = list(at(body, 'finish_reasons')).some((reason) => reason !== null);
  if (filtered || images.length === 0) {
    const told = filtered || text(at(body, 'error')) !== undefined;
    return {
      kind: told || at(body, 'status') === 'Request Moderated' ? 'moderated' : 'failed',
      charged: true,
    };
  }
  const wanted = String(call.parameters.output_format ?? 'png');
  const seed = number(at(body, 'seeds', 0));
  return {
    kind: 'done',
    outputs: images.map((image) => ({
      at: 'bytes',
      bytes: fromBase64(image ?? ''),
      type: `image/${nova ? 'png' : wanted}`,
    })),
    ...(seed !== undefined && { seed }),
  };
}

async function talk(bedrock: BedrockRuntimeClient, call: Call): Promise<Answer> {
  const content: ContentBlock[] = [{ text: call.prompt }];
  const [picture] = call.inputs;
  const format = picture?.type.split('/')[1];
  if (picture !== undefined && (format === 'png' || format === 'jpeg' || format === 'webp')) {
    content.unshift({ image: { format, source: { bytes: await picture.read() } } });
  }
  const answer = await bedrock.send(
    new ConverseCommand({
      modelId: call.model.vendorModel,
      system: [{ text: assistSystem }],
      messages: [{ role: 'user', content }],
      inferenceConfig: { maxTokens: 1200, temperature: 0.3 },
    }),
  );
  const stopped = answer.stopReason;
  if (stopped === 'guardrail_intervened' || stopped === 'content_filtered') {
    return { kind: 'moderated', charged: true };
  }
  const said = (answer.output?.message?.content ?? []).map((block) => block.text ?? '').join('');
  const { inputTokens = 0, outputTokens = 0 } = answer.usage ?? {};
  return {
    kind: 'done',
    outputs: [
      { at: 'bytes', bytes: new Uint8Array(new TextEncoder().encode(said)), type: 'text/plain' },
    ],
    // $3 and $15 a million tokens, https://aws.amazon.com/bedrock/pricing
    micros: inputTokens * 3 + outputTokens * 15,
  };
}

/** Names of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
function failure(error: unknown): Answer {
  if (error instanceof Unsent) throw error;
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : '';
  switch (name) {
    case 'ValidationException':
      if (/end of (?:its )?life/i.test(message)) return { kind: 'refused', code: 'model_gone' };
      return /content filter|blocked|responsible ai|moderat/i.test(message)
        ? { kind: 'moderated', charged: false }
        : { kind: 'refused', code: 'invalid_input' };
    case 'AccessDeniedException':
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'IncompleteSignatureException':
    case 'MissingAuthenticationTokenException':
    case 'ExpiredTokenException':
      return { kind: 'refused', code: 'provider_auth' };
    case 'ResourceNotFoundException':
      return { kind: 'refused', code: 'model_gone' };
    case 'ServiceQuotaExceededException':
      return { kind: 'refused', code: 'provider_billing' };
    case 'ThrottlingException':
    case 'ModelNotReadyException':
      return { kind: 'refused', code: 'rate_limited' };
    default:
      return { kind: 'lost' };
  }
}

export function bedrock(env: Env): Adapter {
  return { vendor: 'bedrock', start: (call, wire) => start(env, call, wire) };
}
