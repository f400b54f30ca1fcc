/** https://ai.google.dev/api/generate-content and …/interactions */
import type { Learnt } from '../catalogue/catalogue.ts';
import type { Adapter, Answer, Call, Source, Wire } from './adapter.ts';
import { jsonBody } from './bodies.ts';
import { base64Of } from './inputs.ts';
import {
  at,
  type Json,
  list,
  readHint,
  readJson,
  statusAnswer,
  text,
  type Unpacked,
  unpack,
} from './reading.ts';

const blocked =
  /^(?:IMAGE_SAFETY|IMAGE_PROHIBITED_CONTENT|IMAGE_RECITATION|SAFETY|PROHIBITED_CONTENT|RECITATION|BLOCKLIST|SPII)$/;

function start(call: Call, wire: Wire): Promise<Answer> {
  return call.model.output === 'video' ? startVideo(call, wire) : makeImage(call, wire);
}

async function makeImage(call: Call, wire: Wire): Promise<Answer> {
  const pictures = call.inputs.map((input) => ({
    inlineData: { mimeType: input.type, data: base64Of(input) },
  }));
  const response = await wire.ask({
    method: 'POST',
    path: `/v1beta/models/${encodeURIComponent(call.model.vendorModel)}:generateContent`,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({
      contents: [{ role: 'user', parts: [...pictures, { text: call.prompt }] }],
      generationConfig: { responseModalities: ['IMAGE'], imageConfig: call.parameters },
    }),
  });
  if (!response.ok) return refusal(response);
  return readImage(await unpack(response, wire.sink));
}

/** A refusal is HTTP 200 without a picture. */
function readImage({ body, source }: Unpacked): Answer {
  if (text(at(body, 'promptFeedback', 'blockReason'))) return { kind: 'moderated', charged: false };
  const candidate = at(body, 'candidates', 0);
  const outputs: Source[] = [];
  for (const part of list(at(candidate, 'content', 'parts'))) {
    if (at(part, 'thought') === true) continue;
    const type = text(at(part, 'inlineData', 'mimeType')) ?? 'image/png';
    const picture = source(at(part, 'inlineData', 'data'), type);
    if (picture !== undefined) outputs.push(picture);
  }
  const model = announced(at(body, 'modelStatus'));
  if (outputs.length > 0) return { kind: 'done', outputs, ...(model !== null && { model }) };
  const reason = text(at(candidate, 'finishReason')) ?? '';
  return { kind: blocked.test(reason) ? 'moderated' : 'failed', charged: true };
}

/** `modelStatus` of every answer: https://ai.google.dev/api/generate-content#ModelStatus. */
function announced(status: Json | undefined): Learnt | null {
  if (!/^(?:LEGACY|DEPRECATED|RETIRED)$/.test(text(at(status, 'modelStage')) ?? '')) return null;
  const retiresOn = /^\d{4}-\d\d-\d\d/.exec(text(at(status, 'retirementTime')) ?? '')?.[0];
  // It made a picture just now, whatever the stage says: only the date ends it.
  return { status: 'legacy', ...(retiresOn !== undefined && { retiresOn }) };
}

async function startVideo(call: Call, wire: Wire): Promise<Answer> {
  const pictures = call.inputs.map((input) => ({
    type: 'image',
    data: base64Of(input),
    mime_type: input.type,
  }));
  const { duration, ...format } = call.parameters;
  const response = await wire.ask({
    method: 'POST',
    path: '/v1beta/interactions',
    headers: { 'content-type': 'application/json' },
    body: jsonBody({
      model: call.model.vendorModel,
      input: [...pictures, { type: 'text', text: call.prompt }],
      background: true,
      response_format: { type: 'video', delivery: 'uri', ...format, duration: `${duration}s` },
    }),
  });
  if (!response.ok) return refusal(response);
  const id = text(at(await readJson(response), 'id'));
  return id === undefined ? { kind: 'lost' } : { kind: 'accepted', ref: { id } };
}

async function poll(id: string, wire: Wire): Promise<Answer> {
  const response = await wire.ask({
    method: 'GET',
    path: `/v1beta/interactions/${encodeURIComponent(id)}`,
  });
  if (response.status === 400 || response.status === 404) return { kind: 'forgotten' };
  if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
  const body = await readJson(response);
  switch (at(body, 'status')) {
    case 'completed':
      return readVideo(body, wire);
    case 'failed':
    case 'incomplete':
    case 'budget_exceeded':
    case 'requires_action':
      return { kind: 'failed', charged: true };
    case 'cancelled':
      return { kind: 'canceled', charged: true };
    default:
      return { kind: 'running' };
  }
}

/** Completed without a video is the vendor's way of declining. */
async function readVideo(body: Json, wire: Wire): Promise<Answer> {
  const uri = list(at(body, 'steps'))
    .filter((step) => at(step, 'type') === 'model_output')
    .flatMap((step) => list(at(step, 'content')))
    .filter((item) => at(item, 'type') === 'video')
    .map((item) => text(at(item, 'uri')))[0];
  if (uri === undefined) return { kind: 'moderated', charged: true };
  // The address is built here; of the vendor's link only the file's id is used.
  const file = /\/v1beta\/files\/([\w-]+)(?::download)?(?:\?|$)/.exec(uri)?.[1];
  if (file === undefined) return { kind: 'done', outputs: [{ at: 'url', url: uri }] };
  const response = await wire.ask({
    method: 'GET',
    path: `/v1beta/files/${file}:download?alt=media`,
  });
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) {
    return { kind: 'done', outputs: [{ at: 'url', url: location }] };
  }
  if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
  const type = response.headers.get('content-type') ?? 'video/mp4';
  return { kind: 'done', outputs: [{ at: 'response', response, type }] };
}

async function refusal(response: Response): Promise<Answer> {
  const body = await readHint(response);
  const error = at(Array.isArray(body) ? (body[0] as Json) : body, 'error');
  const tokens = `${text(at(error, 'code')) ?? ''} ${text(at(error, 'status')) ?? ''}`;
  if (/SAFETY|PROHIBITED_CONTENT|BLOCKLIST/.test(tokens))
    return { kind: 'moderated', charged: false };
  if (response.status === 400 && tokens.includes('FAILED_PRECONDITION')) {
    return { kind: 'refused', code: 'provider_billing' };
  }
  return statusAnswer(response, body, Date.now());
}

export const gemini: Adapter = {
  vendor: 'gemini',
  start,
  pollEveryMs: [10_000, 10_000],
  poll: (ref, _call, wire) => poll(ref.id, wire),
  async cancel(ref, wire) {
    const path = `/v1beta/interactions/${encodeURIComponent(ref.id)}/cancel`;
    const response = await wire.ask({ method: 'POST', path });
    await response.body?.cancel();
  },
};
