/** One's own generator in the manner of Modal; the contract is written down in docs/proxy.md. */
import { toBase64 } from '../http/base64.ts';
import type { Adapter, Answer, Call, Wire } from './adapter.ts';
import { jsonBody } from './bodies.ts';
import { base64Of, maskBytes } from './inputs.ts';
import { at, number, readHint, statusAnswer, text, type Unpacked, unpack } from './reading.ts';

/** A hop blocks up to 150 s; twenty of them are the longest call a browser would follow. */
const mostHops = 20;
const hopParameter = '__modal_function_call_id';

async function start(call: Call, wire: Wire): Promise<Answer> {
  const webhook = call.webhookUrl?.startsWith('https://') && { webhook_url: call.webhookUrl };
  const response = await wire.ask({
    method: 'POST',
    path: '/v1/generate',
    headers: { 'content-type': 'application/json' },
    body: jsonBody({
      prompt: call.prompt,
      ...call.parameters,
      ...(call.inputs.length > 0 && { image_b64: call.inputs.map((input) => base64Of(input)) }),
      ...(call.mask !== null && { mask_b64: toBase64(await maskBytes(call.mask, 'white')) }),
      ...webhook,
    }),
  });
  const last = await throughHops(response, '/v1/generate', wire);
  if (!last.ok) {
    const refusal = statusAnswer(last, await readHint(last), Date.now());
    // A call that was redirected has begun, whatever its address says now.
    return last === response ? refusal : { kind: 'lost' };
  }
  const answer = await unpack(last, wire.sink);
  const id = text(at(answer.body, 'id'));
  if (id === undefined) return { kind: 'lost' };
  const first = read(answer);
  return first.kind === 'done' ? first : { kind: 'accepted', ref: { id } };
}

/** Follows "still running" redirects: same origin and path, only the call id is taken over. */
async function throughHops(first: Response, path: string, wire: Wire): Promise<Response> {
  let response = first;
  for (let hop = 0; hop < mostHops; hop += 1) {
    const location = response.headers.get('location');
    if (response.status < 301 || response.status > 303 || location === null) return response;
    await response.body?.cancel();
    const id = URL.canParse(location) ? new URL(location).searchParams.get(hopParameter) : null;
    if (id === null || !/^[\w-]{1,100}$/.test(id)) return response;
    response = await wire.ask({ method: 'GET', path: `${path}?${hopParameter}=${id}` });
  }
  return response;
}

function read({ body, source }: Unpacked): Answer {
  switch (at(body, 'status')) {
    case 'succeeded': {
      const url = text(at(body, 'image_url'));
      const picture = source(at(body, 'image_b64'));
      const seed = number(at(body, 'seed'));
      const found = { ...(seed !== undefined && { seed }) };
      if (picture !== undefined) return { kind: 'done', outputs: [picture], ...found };
      if (url !== undefined) return { kind: 'done', outputs: [{ at: 'url', url }], ...found };
      return { kind: 'failed', charged: false };
    }
    case 'failed':
      return {
        kind: text(at(body, 'error', 'code')) === 'moderated' ? 'moderated' : 'failed',
        charged: false,
      };
    default: {
      const progress = number(at(body, 'progress'));
      return { kind: 'running', ...(progress !== undefined && { progress }) };
    }
  }
}

export const selfHosted: Adapter = {
  vendor: 'self-hosted',
  start,
  async poll(ref, _call, wire) {
    const path = `/v1/jobs/${encodeURIComponent(ref.id)}`;
    const response = await wire.ask({ method: 'GET', path });
    if (response.status === 404) return { kind: 'forgotten' };
    if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
    return read(await unpack(response, wire.sink));
  },
};
