/** https://www.recraft.ai/docs/api-reference */
import type { Adapter, Answer, Call, Source, Wire } from './adapter.ts';
import { blobOf, maskBytes, theInput } from './inputs.ts';
import { at, type Json, list, readHint, readJson, statusAnswer, text } from './reading.ts';

async function start(call: Call, wire: Wire): Promise<Answer> {
  const response =
    call.inputs.length === 0
      ? await wire.ask({
          method: 'POST',
          path: '/v1/images/generations',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            model: call.model.vendorModel,
            prompt: call.prompt,
            ...call.parameters,
          }),
        })
      : await wire.ask({
          method: 'POST',
          path: `/v1/images/${call.model.vendorModel}`,
          body: await formOf(call),
        });
  if (!response.ok) return refusal(response);
  return read(await readJson(response));
}

async function formOf(call: Call): Promise<FormData> {
  const form = new FormData();
  form.set('image', await blobOf(theInput(call)), 'image');
  if (call.mask !== null) {
    const mask = await maskBytes(call.mask, 'white');
    form.set('mask', new Blob([mask], { type: 'image/png' }), 'mask.png');
  }
  if (call.model.vendorModel === 'inpaint') {
    form.set('prompt', call.prompt);
    form.set('model', 'recraftv3');
  }
  for (const [name, value] of Object.entries(call.parameters)) form.set(name, String(value));
  return form;
}

function read(body: Json): Answer {
  const single = at(body, 'image');
  const items = single === undefined ? list(at(body, 'data')) : [single];
  const outputs = items.flatMap((item): Source[] => {
    const url = text(at(item, 'url'));
    return url === undefined ? [] : [{ at: 'url', url }];
  });
  return outputs.length > 0 ? { kind: 'done', outputs } : { kind: 'lost' };
}

/** The vendor documents no error body; its moderation speaks in the message of a 400. */
async function refusal(response: Response): Promise<Answer> {
  const body = await readHint(response);
  const declined = /moderation|content policy|nsfw/i.test(text(at(body, 'message')) ?? '');
  if (response.status === 400 && declined) return { kind: 'moderated', charged: false };
  return statusAnswer(response, body, Date.now());
}

export const recraft: Adapter = { vendor: 'recraft', start };
