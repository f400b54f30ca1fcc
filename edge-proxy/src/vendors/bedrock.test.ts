import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorBody, ImproveAnswer } from '../../contract.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { checkRequest } from '../catalogue/check.ts';
import { failed, resetBreakers } from '../http/breaker.ts';
import { wireTo } from '../http/wire.ts';
import { call, control, generate, upload } from '../testing/client.ts';
import { writeGrey } from '../testing/png.ts';
import type { Answer, Input } from './adapter.ts';
import { adapterOf } from './vendors.ts';

const side = 512;
const bearer = {
  ...env,
  AWS_BEARER_TOKEN_BEDROCK: 'double-canary-bedrock-bearer',
  AWS_ACCESS_KEY_ID: '',
} as Env;
const pair = { ...env, AWS_REGION: 'us-east-1' } as Env;

async function pngInput(level: (x: number) => number): Promise<Input> {
  const levels = new Uint8Array(side * side).map((_, i) => level(i % side));
  const bytes = await writeGrey({ width: side, height: side, levels });
  return {
    url: null,
    type: 'image/png',
    bytes: bytes.length,
    open: async () => new Response(bytes).body!,
  };
}

/** A call past the catalogue's door: Nova is retired, its adapter is kept. */
async function send(environment: Env, id: string, masked: boolean): Promise<Answer> {
  const model = catalogue.find((row) => row.id === id)!;
  const prompt = model.promptMaxLength > 0 && model.promptRequired ? 'a red kite' : '';
  const parameters = id.endsWith('painting') && !masked ? { maskPrompt: 'the sky' } : {};
  const picture = await pngInput((x) => x % 256);
  const count = Math.max(model.inputs.min, model.tasks[0] === 'create' ? 0 : 1);
  const request = {
    model: id,
    task: model.tasks[0]!,
    prompt: prompt || (id === 'nova-canvas-outpainting' ? 'a beach' : ''),
    inputs: Array.from({ length: count }, () => 'id'),
    ...(masked && { mask: 'id' }),
    parameters: { ...parameters, ...(id.endsWith('try-on') && { garmentClass: 'UPPER_BODY' }) },
  };
  const checked = checkRequest(model, request);
  if (!checked.ok) throw new Error(checked.field);
  const region = environment.AWS_REGION ?? 'us-west-2';
  const adapter = await adapterOf(environment, 'bedrock');
  return adapter.start(
    {
      id: crypto.randomUUID(),
      model,
      request,
      prompt: request.prompt,
      parameters: checked.parameters,
      inputs: request.inputs.map(() => picture),
      mask: masked ? await pngInput((x) => (x < 100 ? 255 : 0)) : null,
      reservedMicros: 1,
      webhookUrl: null,
    },
    wireTo(environment, 'bedrock', { region, webhookSecret: null }),
  );
}

const nova = catalogue.filter((row) => row.id.startsWith('nova-canvas'));
const cases = nova.flatMap((row) => [
  [row.id, false] as const,
  ...(row.mask === 'none' ? [] : [[row.id, true] as const]),
]);

describe('Bedrock', () => {
  beforeEach(async () => {
    await control.reset();
    resetBreakers();
  });

  it.each(cases)('Nova Canvas took %s (mask %s) while it lived', async (id, masked) => {
    await control.setAsOf('2026-09-01');
    const answer = await send(pair, id, masked);
    const [request] = await control.requests('bedrock');
    expect([request!.status, answer.kind]).toEqual([200, 'done']);
    expect(await control.hostsThatSaw('awsSecretAccessKey')).toEqual([]);
  });

  it('works with a bearer key as well', async () => {
    expect((await send(bearer, 'bedrock-core', false)).kind).toBe('done');
    const [request] = await control.requests('bedrock');
    expect(request!.headers.authorization).toBe('Bearer <bedrockBearer>');
  });

  it('learns that a model has ended', async () => {
    const answer = await send(pair, 'nova-canvas-text-image', false);
    expect(answer).toMatchObject({ kind: 'refused', code: 'model_gone' });
  });

  it.each([
    [429, { kind: 'refused', code: 'rate_limited' }],
    [403, { kind: 'refused', code: 'provider_auth' }],
    [503, { kind: 'lost' }],
    [500, { kind: 'lost' }],
  ] as const)('sends once and reads %i as %o', async (status, wanted) => {
    await control.fault({
      host: 'bedrock',
      times: 0,
      fault: { kind: 'status', when: 'before', status },
    });
    expect(await send(bearer, 'bedrock-core', false)).toMatchObject(wanted);
    expect(await control.requests('bedrock')).toHaveLength(1);
  });

  it('keeps a call that the breaker held back ready to be sent', async () => {
    for (let n = 0; n < 5; n += 1) failed('bedrock', Date.now());
    const request = { model: 'bedrock-core', task: 'create', prompt: 'a kite' } as const;
    const { generation } = await generate(request, { wait: 1 });
    expect(['reserved', 'released']).toContain(generation.payment);
    expect(await control.requests('bedrock')).toEqual([]);
  });

  it('improves a prompt, charges the tokens, and refuses words that are no answer', async () => {
    const said = '{"tips":["name the light"],"prompts":["a kite at dawn","a kite at dusk"]}';
    await control.fault({ host: 'bedrock', fault: { kind: 'answer', text: said } });
    const ask = () =>
      call('/api/prompts/improve', {
        method: 'POST',
        json: { prompt: 'a kite', task: 'create' },
        headers: { 'idempotency-key': crypto.randomUUID() },
      });
    const good = await ask();
    expect(((await good.json()) as ImproveAnswer).prompts).toHaveLength(2);
    expect(await control.total('bedrock')).toBeGreaterThan(0);
    await control.fault({ host: 'bedrock', fault: { kind: 'answer', text: 'I would rather not' } });
    const bad = await ask();
    expect(bad.status).toBe(502);
    expect(((await bad.json()) as ErrorBody).error.code).toBe('provider_failed');
  });

  it('shows Claude the picture that the prompt is about', async () => {
    const levels = new Uint8Array(side * side).map((_, i) => i % 256);
    const image = await upload(await writeGrey({ width: side, height: side, levels }));
    const said = '{"tips":["name the light"],"prompts":["a kite at dawn","a kite at dusk"]}';
    await control.fault({ host: 'bedrock', fault: { kind: 'answer', text: said } });
    const answer = await call('/api/prompts/improve', {
      method: 'POST',
      json: { prompt: 'a kite', task: 'edit', image },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(answer.status).toBe(200);
    const [request] = await control.requests('bedrock');
    expect([request!.status, request!.bodyText.includes('"format":"png"')]).toEqual([200, true]);
  });

  it('explains a failure', async () => {
    const said = 'Here: {"explanation":"It was declined.","prompt":"a red kite"}';
    await control.fault({ host: 'bedrock', fault: { kind: 'answer', text: said } });
    const answer = await call('/api/errors/explain', {
      method: 'POST',
      json: { code: 'moderated', prompt: 'a kite', task: 'create' },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(await answer.json()).toEqual({ explanation: 'It was declined.', prompt: 'a red kite' });
  });
});
