/** https://platform.stability.ai/docs/api-reference (v2beta) */
import type { Adapter, Answer, Call, Wire } from './adapter.ts';
import { type FormFile, formBody } from './bodies.ts';
import { formFileOf, formMask } from './inputs.ts';
import { at, readHint, readJson, statusAnswer, text } from './reading.ts';

async function start(call: Call, wire: Wire): Promise<Answer> {
  const fields: [string, string | FormFile][] = [];
  if (call.prompt !== '') fields.push(['prompt', call.prompt]);
  for (const [name, value] of Object.entries(call.parameters)) fields.push([name, String(value)]);
  const [input] = call.inputs;
  if (input !== undefined) fields.push(['image', formFileOf(input)]);
  if (call.mask !== null) fields.push(['mask', await formMask(call.mask)]);
  const { contentType, body } = formBody(fields);
  const response = await wire.ask({
    method: 'POST',
    path: `/v2beta/stable-image/${call.model.vendorModel}`,
    headers: {
      accept: call.model.vendorModel === 'upscale/creative' ? 'application/json' : 'image/*',
      'content-type': contentType,
    },
    body,
  });
  if (!response.ok) return refusal(response);
  if (response.headers.get('content-type')?.startsWith('image/')) return picture(response);
  const id = text(at(await readJson(response), 'id'));
  return id === undefined ? { kind: 'lost' } : { kind: 'accepted', ref: { id } };
}

/** The picture goes on as a stream: it is never held here. */
function picture(response: Response): Answer {
  if (response.headers.get('finish-reason') === 'CONTENT_FILTERED') {
    return { kind: 'moderated', charged: true };
  }
  const seed = Number(response.headers.get('seed') ?? Number.NaN);
  const type = response.headers.get('content-type') ?? 'image/png';
  return {
    kind: 'done',
    outputs: [{ at: 'response', response, type }],
    ...(Number.isInteger(seed) && { seed }),
  };
}

async function refusal(response: Response): Promise<Answer> {
  const body = await readHint(response);
  if (response.status === 403) return { kind: 'moderated', charged: false };
  return statusAnswer(response, body, Date.now());
}

export const stability: Adapter = {
  vendor: 'stability',
  start,
  pollEveryMs: [10_000, 10_000],
  async poll(ref, _call, wire) {
    const response = await wire.ask({
      method: 'GET',
      path: `/v2beta/results/${encodeURIComponent(ref.id)}`,
      headers: { accept: 'image/*' },
    });
    if (response.status === 202) {
      await response.body?.cancel();
      return { kind: 'running' };
    }
    if (response.status === 404) return { kind: 'forgotten' };
    if (response.status === 500) return { kind: 'failed', charged: true };
    if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
    return picture(response);
  },
};
