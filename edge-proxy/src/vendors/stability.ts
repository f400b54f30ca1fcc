/** https://platform.stability.ai/docs/api-reference (v2beta) */
import { readMask, writeGrey } from '../masks/png.ts';
import type { Adapter, Answer, Call, Wire } from './adapter.ts';
import { blobOf } from './inputs.ts';
import { at, readHint, readJson, statusAnswer, text } from './reading.ts';

async function start(call: Call, wire: Wire): Promise<Answer> {
  const form = new FormData();
  if (call.prompt !== '') form.set('prompt', call.prompt);
  for (const [name, value] of Object.entries(call.parameters)) form.set(name, String(value));
  const [input] = call.inputs;
  if (input !== undefined) form.set('image', await blobOf(input), 'image');
  if (call.mask !== null) {
    const grey = await writeGrey(await readMask(await call.mask.read()), 'white');
    form.set('mask', new Blob([grey], { type: 'image/png' }), 'mask.png');
  }
  const response = await wire.ask({
    method: 'POST',
    path: `/v2beta/stable-image/${call.model.vendorModel}`,
    headers: {
      accept: call.model.vendorModel === 'upscale/creative' ? 'application/json' : 'image/*',
    },
    body: form,
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
