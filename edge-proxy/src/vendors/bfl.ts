/** https://docs.bfl.ai */
import type { Adapter, Answer, Call, Wire } from './adapter.ts';
import { jsonBody } from './bodies.ts';
import { linkTo, maskBytes, pngDataUrl, theInput, theMask } from './inputs.ts';
import { at, type Json, number, readHint, readJson, statusAnswer, text } from './reading.ts';

/** A credit is one cent. */
const creditMicros = 10_000;

async function bodyOf(call: Call, wire: Wire): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = { ...call.parameters };
  if (call.model.promptMaxLength > 0 && call.prompt !== '') body.prompt = call.prompt;
  if (call.model.mask === 'required') {
    body.image = await linkTo(theInput(call));
    body.mask = pngDataUrl(await maskBytes(theMask(call), 'white'));
  } else if (call.model.vendorModel === 'flux-pro-1.0-expand') {
    body.image = await linkTo(theInput(call));
  } else {
    for (const [i, input] of call.inputs.entries()) {
      body[i === 0 ? 'input_image' : `input_image_${i + 1}`] = await linkTo(input);
    }
  }
  if (call.webhookUrl?.startsWith('https://') && wire.settings.webhookSecret !== null) {
    body.webhook_url = call.webhookUrl;
    body.webhook_secret = wire.settings.webhookSecret;
  }
  return body;
}

async function start(call: Call, wire: Wire): Promise<Answer> {
  const response = await wire.ask({
    method: 'POST',
    path: `/v1/${call.model.vendorModel}`,
    headers: { 'content-type': 'application/json' },
    body: jsonBody(await bodyOf(call, wire)),
  });
  if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
  const body = await readJson(response);
  const id = text(at(body, 'id'));
  if (id === undefined) return { kind: 'lost' };
  const cost = number(at(body, 'cost'));
  const region = regionOf(text(at(body, 'polling_url')) ?? '');
  return {
    kind: 'accepted',
    ref: {
      id,
      ...(region !== null && { region }),
      ...(cost !== undefined && { micros: String(Math.round(cost * creditMicros)) }),
    },
  };
}

/**
 * The task lives on one regional host. Of the link only the region's name is used: the address is
 * built from the host table, so that the key cannot be led elsewhere.
 */
function regionOf(pollingUrl: string): string | null {
  if (!URL.canParse(pollingUrl)) return null;
  const host = new URL(pollingUrl).hostname;
  return /^api\.([a-z]{2}\d?)\.bfl\.ai$/.exec(host)?.[1] ?? null;
}

function read(body: Json, micros: number | undefined): Answer {
  const figure = micros === undefined ? {} : { micros };
  switch (text(at(body, 'status')) ?? text(at(body, 'state'))) {
    case 'Ready': {
      const url = text(at(body, 'result', 'sample'));
      const seed = number(at(body, 'result', 'seed'));
      if (url === undefined) return { kind: 'failed', charged: true, ...figure };
      return {
        kind: 'done',
        outputs: [{ at: 'url', url }],
        ...figure,
        ...(seed !== undefined && { seed }),
      };
    }
    case 'Request Moderated':
    case 'Content Moderated':
      return { kind: 'moderated', charged: false };
    case 'Error':
    case 'Failed':
      return { kind: 'failed', charged: true, ...figure };
    case 'Task not found':
      return { kind: 'forgotten' };
    default: {
      const progress = number(at(body, 'progress'));
      return { kind: 'running', ...(progress !== undefined && { progress }) };
    }
  }
}

export const bfl: Adapter = {
  vendor: 'bfl',
  start,
  pollEveryMs: [700, 1500],
  async poll(ref, _call, wire) {
    const response = await wire.ask({
      method: 'GET',
      path: `/v1/get_result?id=${encodeURIComponent(ref.id)}`,
      ...(ref.region !== undefined && { host: ref.region }),
    });
    if (response.status === 404) return { kind: 'forgotten' };
    if (!response.ok) return statusAnswer(response, await readHint(response), Date.now());
    return read(
      await readJson(response),
      ref.micros === undefined ? undefined : Number(ref.micros),
    );
  },
};
