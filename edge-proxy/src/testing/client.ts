/** Tests speak as the page does: paths, JSON, the cookie they were given. */
import { env, exports } from 'cloudflare:workers';
import type { ErrorBody, Generation, GenerationRequest, UploadAnswer } from '../../contract.ts';
import type { RemoteControl } from '../../doubles/control.ts';
import { lookForKeys } from './canaries.ts';

/** `control.fault(…)`, `control.charges()` …: the doubles' control API over HTTP. */
export const control = new Proxy({} as RemoteControl, {
  get:
    (_target, name) =>
    async (...args: unknown[]) => {
      const response = await fetch(`${env.CONTROL}/${String(name)}`, {
        method: 'POST',
        body: JSON.stringify(args),
      });
      const answer = (await response.json()) as { result?: unknown; error?: string };
      if (!response.ok) throw new Error(answer.error);
      return answer.result;
    },
});

export const site = 'http://localhost';

export interface Call {
  readonly method?: string;
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  readonly at?: string;
}

/** One request to the Worker, as the page would send it from its own origin. */
export async function call(
  path: string,
  { method = 'GET', json, body, headers, at = site }: Call = {},
): Promise<Response> {
  const init: RequestInit = {
    method,
    redirect: 'manual',
    headers: {
      ...(method !== 'GET' && { origin: at }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  };
  if (json !== undefined) init.body = JSON.stringify(json);
  else if (body !== undefined) init.body = body;
  const response = await exports.default.fetch(new Request(at + path, init));
  lookForKeys(`headers of ${path}`, JSON.stringify([...response.headers]));
  if (/json|csv/.test(response.headers.get('content-type') ?? '')) {
    lookForKeys(`body of ${path}`, await response.clone().text());
  }
  return response;
}

export const newKey = (): string => crypto.randomUUID();

/** Starts a generation and waits for its end. */
export async function generate(
  request: GenerationRequest,
  { key = newKey(), wait = 20, headers = {} as Record<string, string> } = {},
): Promise<{ status: number; generation: Generation; error?: ErrorBody['error'] }> {
  const response = await call('/api/generations', {
    method: 'POST',
    json: request,
    headers: { 'idempotency-key': key, prefer: `wait=${wait}`, ...headers },
  });
  const body = (await response.json()) as Generation & Partial<ErrorBody>;
  return {
    status: response.status,
    generation: body,
    ...(response.ok ? {} : { error: (body as ErrorBody).error }),
  };
}

export async function upload(bytes: Uint8Array<ArrayBuffer>, type = 'image/png'): Promise<string> {
  const response = await call('/api/uploads', {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': type, 'content-length': String(bytes.length) },
  });
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as UploadAnswer).id;
}
