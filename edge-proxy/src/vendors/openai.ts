/** https://developers.openai.com/api/reference/resources/images */
import type { Adapter, Answer, Call, Source, Wire } from './adapter.ts';
import { type FileText, jsonBody } from './bodies.ts';
import { linkTo, maskBytes, pngDataUrl } from './inputs.ts';
import {
  at,
  type Json,
  list,
  number,
  readHint,
  statusAnswer,
  text,
  type Unpacked,
  unpack,
} from './reading.ts';

/** Micro-dollars per token: $5, $8 and $30 a million. */
const tokenMicros = { text: 5, image: 8, out: 30 } as const;

async function start(call: Call, wire: Wire): Promise<Answer> {
  const edit = call.inputs.length > 0;
  const { moderation, ...parameters } = call.parameters;
  const body = {
    model: call.model.vendorModel,
    prompt: call.prompt,
    ...parameters,
    ...(!edit && moderation !== undefined && { moderation }),
    ...(edit && { images: await Promise.all(call.inputs.map(reference)) }),
    ...(call.mask !== null && {
      mask: { image_url: pngDataUrl(await maskBytes(call.mask, 'transparent')) },
    }),
  };
  const response = await wire.ask({
    method: 'POST',
    path: edit ? '/v1/images/edits' : '/v1/images/generations',
    headers: { 'content-type': 'application/json' },
    body: jsonBody(body),
  });
  if (!response.ok) return refusal(response);
  return read(await unpack(response, wire.sink), String(parameters.output_format ?? 'png'));
}

async function reference(input: Parameters<typeof linkTo>[0]): Promise<{
  image_url: string | FileText;
}> {
  return { image_url: await linkTo(input) };
}

async function refusal(response: Response): Promise<Answer> {
  const body = await readHint(response);
  const code = text(at(body, 'error', 'code'));
  if (code === 'moderation_blocked') return { kind: 'moderated', charged: false };
  if (code === 'model_not_found') return { kind: 'refused', code: 'model_gone' };
  if (code === 'insufficient_quota') return { kind: 'refused', code: 'provider_billing' };
  return statusAnswer(response, body, Date.now());
}

function read({ body, source }: Unpacked, format: string): Answer {
  const items = list(at(body, 'data'));
  const outputs = items.flatMap((item): Source[] => {
    const picture = source(at(item, 'b64_json'), `image/${format}`);
    return picture === undefined ? [] : [picture];
  });
  if (outputs.length === 0 || outputs.length < items.length) return { kind: 'lost' };
  const micros = billed(at(body, 'usage'));
  return {
    kind: 'done',
    outputs,
    ...(micros !== undefined && { micros }),
  };
}

function billed(usage: Json | undefined): number | undefined {
  const out = number(at(usage, 'output_tokens'));
  const image = number(at(usage, 'input_tokens_details', 'image_tokens'));
  const words = number(at(usage, 'input_tokens_details', 'text_tokens'));
  if (out === undefined || image === undefined || words === undefined) return undefined;
  return Math.round(words * tokenMicros.text + image * tokenMicros.image + out * tokenMicros.out);
}

export const openai: Adapter = { vendor: 'openai', start };
