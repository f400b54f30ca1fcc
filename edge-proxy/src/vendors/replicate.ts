/** https://replicate.com/docs/reference/http */
import { encodedLength } from '../http/base64-stream.ts';
import type { Adapter, Answer, Call, Found, VendorRef, Wire } from './adapter.ts';
import { FileText, jsonBody } from './bodies.ts';
import { linkTo, maskBytes, pngDataUrl, theInput } from './inputs.ts';
import { at, type Json, list, readHint, readJson, statusAnswer, text } from './reading.ts';

/** Community model: only this version was checked. */
const groundedSam = 'ee871c19efb1941f55f66a3d7d960428c8a5afcb77449547fe8e5a3ab9ebc21c';

/** Which input field takes the pictures, and whether as a list. */
const pictures: Readonly<Record<string, readonly [field: string, many: boolean]>> = {
  'google/nano-banana': ['image_input', true],
  'google/nano-banana-2': ['image_input', true],
  'google/nano-banana-pro': ['image_input', true],
  'bytedance/seedream-4': ['image_input', true],
  'qwen/qwen-image-edit-plus': ['image', true],
};

async function inputOf(call: Call): Promise<Record<string, unknown>> {
  const name = call.model.vendorModel;
  const input: Record<string, unknown> = { ...call.parameters };
  input[name === 'schananas/grounded_sam' ? 'mask_prompt' : 'prompt'] = call.prompt;
  if (Number(input.max_images ?? 1) > 1) input.sequential_image_generation = 'auto';
  if (call.inputs.length > 0) {
    const [field, many] = pictures[name] ?? ['image', false];
    input[field] = many ? await Promise.all(call.inputs.map(linkTo)) : await linkTo(theInput(call));
  }
  if (call.mask !== null) input.mask = pngDataUrl(await maskBytes(call.mask, 'white'));
  return input;
}

async function start(call: Call, wire: Wire): Promise<Answer> {
  const pinned = call.model.vendorModel === 'schananas/grounded_sam';
  const webhook = call.webhookUrl?.startsWith('https://') && {
    webhook: call.webhookUrl,
    webhook_events_filter: ['completed'],
  };
  const response = await wire.ask({
    method: 'POST',
    path: pinned ? '/v1/predictions' : `/v1/models/${call.model.vendorModel}/predictions`,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({
      input: await inputOf(call),
      ...(pinned && { version: groundedSam }),
      ...webhook,
    }),
  });
  if (response.status !== 200 && response.status !== 201 && response.status !== 202) {
    return refusal(response);
  }
  const id = text(at(await readJson(response), 'id'));
  return id === undefined ? { kind: 'lost' } : { kind: 'accepted', ref: { id } };
}

async function refusal(response: Response): Promise<Answer> {
  const body = await readHint(response);
  if (response.status === 422 && text(at(body, 'title'))?.startsWith('Invalid version')) {
    return { kind: 'refused', code: 'model_gone' };
  }
  const field = text(at(body, 'invalid_fields', 0, 'field'))?.replace(/^input\./, 'parameters.');
  const answer = statusAnswer(response, body, Date.now());
  const named = answer.kind === 'refused' && field !== undefined && /^[\w.]{1,60}$/.test(field);
  return named ? { ...answer, field } : answer;
}

/** Charged once it ran: canceled before the start is `aborted` and free. */
function read(prediction: Json, groundedMask: boolean): Answer {
  switch (at(prediction, 'status')) {
    case 'starting':
    case 'processing':
      return { kind: 'running' };
    case 'succeeded': {
      if (at(prediction, 'data_removed') === true) return { kind: 'forgotten' };
      const output = at(prediction, 'output');
      const urls = (Array.isArray(output) ? output : [output]).filter(
        (url) => typeof url === 'string',
      );
      if (urls.length === 0) return { kind: 'failed', charged: true };
      const wanted = groundedMask ? [maskOf(urls)] : urls;
      return { kind: 'done', outputs: wanted.map((url) => ({ at: 'url', url })) };
    }
    case 'canceled':
      return { kind: 'canceled', charged: true };
    case 'aborted':
      return { kind: 'canceled', charged: false };
    case 'failed': {
      const error = text(at(prediction, 'error')) ?? '';
      const flagged = /sensitive|safety|flagged|\(E005\)/i.test(error);
      return { kind: flagged ? 'moderated' : 'failed', charged: true };
    }
    default:
      return { kind: 'running' };
  }
}

function maskOf(urls: readonly string[]): string {
  return urls.find((url) => new URL(url).pathname.endsWith('/mask.jpg')) ?? urls[2] ?? urls[0]!;
}

const idPath = (ref: VendorRef): string => `/v1/predictions/${encodeURIComponent(ref.id)}`;

export const replicate: Adapter = {
  vendor: 'replicate',
  start,
  async poll(ref, { model }, wire) {
    const response = await wire.ask({ method: 'GET', path: idPath(ref) });
    if (response.status === 404) return { kind: 'forgotten' };
    if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
    return read(await readJson(response), model.vendorModel === 'schananas/grounded_sam');
  },
  async cancel(ref, wire) {
    const response = await wire.ask({ method: 'POST', path: `${idPath(ref)}/cancel` });
    await response.body?.cancel();
  },
  find,
};

/** Looks through the account's predictions since the call for the one that carries our address. */
async function find(
  call: Call,
  sentAt: number,
  wire: Wire,
  taken: readonly string[],
): Promise<Found> {
  const wanted = await inputOf(call);
  const query = `created_after=${encodeURIComponent(new Date(sentAt - 5000).toISOString())}`;
  let path = `/v1/predictions?${query}`;
  for (let page = 0; page < 20; page += 1) {
    const response = await wire.ask({ method: 'GET', path });
    if (!response.ok) return { kind: 'unreadable' };
    const body = await readJson(response);
    for (const made of list(at(body, 'results'))) {
      const id = text(at(made, 'id'));
      if (id === undefined || taken.includes(id)) continue;
      const webhook = text(at(made, 'webhook'));
      const ours =
        webhook !== undefined ? webhook === call.webhookUrl : sameInput(at(made, 'input'), wanted);
      if (ours) return { kind: 'found', ref: { id } };
    }
    const next = text(at(body, 'next'));
    if (next === undefined) return { kind: 'absent' };
    // Only the query of the vendor's link is used; the origin stays ours.
    path = `/v1/predictions${new URL(next).search}`;
  }
  return { kind: 'unreadable' };
}

/** A large file that travelled inside the request is known again by its kind and length. */
function sameInput(a: Json | undefined, b: unknown): boolean {
  if (b instanceof FileText) {
    const length = b.prefix.length + encodedLength(b.file.bytes);
    return typeof a === 'string' && a.length === length && a.startsWith(b.prefix);
  }
  if (a === null || typeof a !== 'object' || b === null || typeof b !== 'object') return a === b;
  const fields = Object.entries(b).filter(([, value]) => value !== undefined);
  if (Object.keys(a).length !== fields.length) return false;
  return fields.every(([name, value]) => sameInput(at(a, name), value));
}
