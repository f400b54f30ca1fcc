/** https://www.recraft.ai/docs/api-reference */
import type { Adapter, Answer, Call, Source, Wire } from './adapter.ts';
import { type FormFile, formBody } from './bodies.ts';
import { formFileOf, formMask, theInput } from './inputs.ts';
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
      : await sendForm(call, wire);
  if (!response.ok) return refusal(response);
  return read(await readJson(response));
}

async function sendForm(call: Call, wire: Wire): Promise<Response> {
  const fields: [string, string | FormFile][] = [['image', formFileOf(theInput(call))]];
  if (call.mask !== null) fields.push(['mask', await formMask(call.mask)]);
  if (call.model.vendorModel === 'inpaint') {
    fields.push(['prompt', call.prompt], ['model', 'recraftv3']);
  }
  for (const [name, value] of Object.entries(call.parameters)) fields.push([name, String(value)]);
  const { contentType, body } = formBody(fields);
  return wire.ask({
    method: 'POST',
    path: `/v1/images/${call.model.vendorModel}`,
    headers: { 'content-type': contentType },
    body,
  });
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
