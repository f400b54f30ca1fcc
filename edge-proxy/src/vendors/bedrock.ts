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
import { toBase64 } from '../http/base64.ts';
import { originOf } from '../http/hosts.ts';
import { awsKey } from '../http/keys.ts';
import { bodyOf, type FilePiece, lengthOf, type Piece, sha256Of } from '../http/pieces.ts';
import { sendOnce, Unsent } from '../http/wire.ts';
import type { Adapter, Answer, Call, Source, Wire } from './adapter.ts';
import { assistSystem } from './assist.ts';
import { novaBody, stabilityBody } from './bedrock-bodies.ts';
import { type Marked, marked, unmarked } from './bodies.ts';
import { base64Of } from './inputs.ts';
import { at, held, type Json, list, number, type Taken, takeFiles, text } from './reading.ts';

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

/** The wire of a paid call also knows whether anything left. */
type Outward = Wire & { markPosted?(left: boolean): void; posted?(): boolean };

/** A client for one call, and what it took out of the answer. */
interface Exchange {
  readonly client: BedrockRuntimeClient;
  source: Taken['source'];
}

/** @param files sent where the SDK's body has their marks */
function exchange(env: Env, wire: Outward, files: Marked['files']): Exchange {
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
        body: files.size === 0 ? (request.body as BodyInit) : bodyOf(piecesIn(request.body, files)),
      });
      wire.markPosted?.(true);
      const response = await waiting.catch((error) => {
        if (error instanceof Unsent) wire.markPosted?.(false);
        throw error;
      });
      const taken = response.ok ? await takeFiles(response, wire.sink) : null;
      if (taken !== null) made.source = taken.source;
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: taken === null ? response.body : new Response(taken.text).body,
        },
      };
    },
  };
  const client = new BedrockRuntimeClient({
    region: wire.settings.region,
    endpoint: origin,
    maxAttempts: 1,
    requestHandler: requestHandler as never,
    ...(key.kind === 'bearer'
      ? { token: { token: key.token }, authSchemePreference: ['httpBearerAuth'] }
      : { credentials: key, authSchemePreference: ['sigv4'] }),
  });
  if (files.size > 0) {
    // The SDK signs the length and the hash that it finds in the headers.
    client.middlewareStack.add(
      (next) => async (step) => {
        const request = step.request as SdkRequest & { headers: Record<string, string> };
        const pieces = piecesIn(request.body, files);
        request.headers['content-length'] = String(lengthOf(pieces));
        if (key.kind === 'pair') request.headers['x-amz-content-sha256'] = await sha256Of(pieces);
        return next(step);
      },
      { step: 'build' },
    );
  }
  const made: Exchange = { client, source: () => undefined };
  return made;
}

function piecesIn(body: unknown, files: Marked['files']): readonly Piece[] {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
  return unmarked({ text, files });
}

function withoutHost(headers: SdkRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
}

async function start(env: Env, call: Call, wire: Outward): Promise<Answer> {
  try {
    return call.model.output === 'text' ? await talk(env, call, wire) : await make(env, call, wire);
  } catch (error) {
    // What went wrong before anything left is no answer of the vendor's.
    if (wire.posted?.() === false) throw error;
    return failure(error);
  }
}

async function make(env: Env, call: Call, wire: Outward): Promise<Answer> {
  const nova = call.model.vendorModel.startsWith('amazon.');
  const { text: document, files } = marked(nova ? await novaBody(call) : await stabilityBody(call));
  const bedrock = exchange(env, wire, files);
  const answer = await bedrock.client.send(
    new InvokeModelCommand({
      modelId: call.model.vendorModel,
      contentType: 'application/json',
      accept: 'application/json',
      body: document,
    }),
  );
  const body = JSON.parse(new TextDecoder().decode(answer.body)) as Json;
  const type = `image/${nova ? 'png' : String(call.parameters.output_format ?? 'png')}`;
  const images = list(at(body, 'images')).flatMap((image): Source[] => {
    const picture = bedrock.source(image, type);
    return picture === undefined ? [] : [picture];
  });
  const filtered = list(at(body, 'finish_reasons')).some((reason) => reason !== null);
  if (filtered || images.length === 0) {
    const told = filtered || text(at(body, 'error')) !== undefined;
    return {
      kind: told || at(body, 'status') === 'Request Moderated' ? 'moderated' : 'failed',
      charged: true,
    };
  }
  const seed = number(at(body, 'seeds', 0));
  return {
    kind: 'done',
    outputs: images,
    ...(seed !== undefined && { seed }),
  };
}

async function talk(env: Env, call: Call, wire: Outward): Promise<Answer> {
  const content: ContentBlock[] = [{ text: call.prompt }];
  const files = new Map<string, FilePiece>();
  const [picture] = call.inputs;
  const format = picture?.type.split('/')[1];
  if (picture !== undefined && (format === 'png' || format === 'jpeg' || format === 'webp')) {
    // The SDK writes these bytes in base64: there the picture goes.
    const stand = crypto.getRandomValues(new Uint8Array(33));
    files.set(toBase64(stand), base64Of(picture).file);
    content.unshift({ image: { format, source: { bytes: stand } } });
  }
  const answer = await exchange(env, wire, files).client.send(
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
      {
        at: 'file',
        file: held(new Uint8Array(new TextEncoder().encode(said))),
        type: 'text/plain',
      },
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
      return unnamed(
        (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode,
      );
  }
}

/** Front doors of AWS answer without a known name; only a plain refusal says that nothing was taken. */
function unnamed(status: number | undefined): Answer {
  switch (status) {
    case 400:
    case 413:
    case 422:
      return { kind: 'refused', code: 'invalid_input' };
    case 401:
    case 403:
      return { kind: 'refused', code: 'provider_auth' };
    case 402:
      return { kind: 'refused', code: 'provider_billing' };
    case 404:
      return { kind: 'refused', code: 'model_gone' };
    default:
      return { kind: 'lost' };
  }
}

export function bedrock(env: Env): Adapter {
  return { vendor: 'bedrock', start: (call, wire) => start(env, call, wire) };
}
