import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import { bill, type Json, pngBase64, postJson, send } from './testing.ts';

let doubles: Doubles;
let origin: string;
let auth: { authorization: string };
beforeAll(async () => {
  doubles = await startDoubles({ asOf: '2026-09-01' });
  origin = doubles.origins.bedrock;
  auth = { authorization: `Bearer ${doubles.credentials.bedrockBearer}` };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const NOVA = 'amazon.nova-canvas-v1:0';
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const path = (model: string, verb: string): string =>
  `${origin}/model/${encodeURIComponent(model)}/${verb}`;
const invoke = (model: string, body: unknown, headers: Record<string, string> = auth) =>
  postJson(path(model, 'invoke'), headers, body);
const errorName = (a: { headers: Headers }): string | undefined =>
  a.headers.get('x-amzn-errortype')?.split(':')[0];

const image = pngBase64(320);
const text = 'a red monster';

/** The SDK's Node build speaks HTTP/2 to Bedrock; a Worker's build uses fetch, and so does this. */
interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}
const overFetch: NonNullable<BedrockRuntimeClientConfig['requestHandler']> = {
  metadata: { handlerProtocol: 'http/1.1' },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
  async handle(request: SdkRequest) {
    const { protocol, hostname, port, path: requestPath, method, headers, body } = request;
    const answer = await fetch(`${protocol}//${hostname}:${port}${requestPath}`, {
      method,
      headers,
      body: body as string,
    });
    return {
      response: {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: answer.body,
      },
    };
  },
};

describe('the AWS SDK itself', () => {
  const client = (secret: string, region = 'us-east-1') =>
    new BedrockRuntimeClient({
      region,
      endpoint: origin,
      maxAttempts: 1,
      requestHandler: overFetch,
      credentials: {
        accessKeyId: doubles.credentials.awsAccessKeyId,
        secretAccessKey: secret,
      },
    });
  const novaBody = JSON.stringify({ taskType: 'TEXT_IMAGE', textToImageParams: { text } });
  const nova = new InvokeModelCommand({
    modelId: NOVA,
    contentType: 'application/json',
    accept: 'application/json',
    body: novaBody,
  });

  it('is understood with SigV4', async () => {
    const answer = await client(doubles.credentials.awsSecretAccessKey).send(nova);
    const body = JSON.parse(new TextDecoder().decode(answer.body)) as { images: string[] };
    expect(body.images).toHaveLength(1);
    expect(bill(doubles, 'bedrock')).toEqual({ accepted: 1, billed: 1, microUsd: 40_000 });
    expect(doubles.control.hostsThatSaw('awsAccessKeyId')).toEqual(['bedrock']);
    expect(doubles.control.hostsThatSaw('awsSecretAccessKey')).toEqual([]);
  });

  it('sees the error names', async () => {
    await expect(client('wrong').send(nova)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    const away = client(doubles.credentials.awsSecretAccessKey, 'us-west-2');
    await expect(away.send(nova)).rejects.toMatchObject({ name: 'ValidationException' });
    doubles.control.setAsOf('2026-11-21');
    await expect(client(doubles.credentials.awsSecretAccessKey).send(nova)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(bill(doubles, 'bedrock').accepted).toBe(0);
  });

  it('converses with an image', async () => {
    doubles.control.fault({ host: 'bedrock', fault: { kind: 'answer', text: '{"tips":[]}' } });
    const answer = await client(doubles.credentials.awsSecretAccessKey).send(
      new ConverseCommand({
        modelId: CLAUDE,
        system: [{ text: 'Be brief.' }],
        messages: [
          {
            role: 'user',
            content: [
              { image: { format: 'png', source: { bytes: Buffer.from(image, 'base64') } } },
              { text: 'Improve this prompt' },
            ],
          },
        ],
        inferenceConfig: { maxTokens: 300, temperature: 0.2 },
      }),
    );
    expect(answer.output?.message?.content?.[0]?.text).toBe('{"tips":[]}');
    expect(answer.stopReason).toBe('end_turn');
    expect(answer.usage?.totalTokens).toBeGreaterThan(1600);
  });
});

describe('bearer key', () => {
  it('is enough, and a wrong or missing one is refused in AWS’s words', async () => {
    const body = { taskType: 'TEXT_IMAGE', textToImageParams: { text } };
    expect((await invoke(NOVA, body)).status).toBe(200);
    const wrong = await invoke(NOVA, body, { authorization: 'Bearer no' });
    expect([wrong.status, errorName(wrong)]).toEqual([403, 'AccessDeniedException']);
    const none = await invoke(NOVA, body, {});
    expect([none.status, errorName(none)]).toEqual([403, 'MissingAuthenticationTokenException']);
  });

  it('the model id must be encoded in the path', async () => {
    const answer = await postJson(`${origin}/model/${NOVA}/invoke`, auth, {});
    expect(answer.status).toBe(404);
    expect((await postJson(`${origin}/model/%zz/invoke`, auth, {})).status).toBe(404);
  });
});

describe('Converse', () => {
  const converse = (body: unknown, model = CLAUDE) => postJson(path(model, 'converse'), auth, body);
  const user = (...content: Json[]): Json => ({ messages: [{ role: 'user', content }] });

  it.each<[string, unknown, string]>([
    ['a bare model id', user({ text }), 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['an unknown model', user({ text }), 'us.example.model'],
    ['no messages', {}, CLAUDE],
    ['content as text', { messages: [{ role: 'user', content: text }] }, CLAUDE],
    ['the assistant first', { messages: [{ role: 'assistant', content: [{ text }] }] }, CLAUDE],
    ['a blank block', user({ text: ' ' }), CLAUDE],
    ['two members in a block', user({ text, image: {} }), CLAUDE],
    [
      'another format than the bytes',
      user({ image: { format: 'jpeg', source: { bytes: image } } }),
      CLAUDE,
    ],
    ['a temperature of 2', { ...user({ text }), inferenceConfig: { temperature: 2 } }, CLAUDE],
    ['Anthropic’s own field names', { ...user({ text }), max_tokens: 10 }, CLAUDE],
    [
      '21 images',
      user(...Array(21).fill({ image: { format: 'png', source: { bytes: pngBase64(8) } } })),
      CLAUDE,
    ],
  ])('refuses %s', async (_name, body, model) => {
    const answer = await converse(body, model);
    expect([answer.status, errorName(answer)]).toEqual([400, 'ValidationException']);
    expect(bill(doubles, 'bedrock').accepted).toBe(0);
  });

  it.each([
    CLAUDE,
    'eu.anthropic.claude-sonnet-4-6',
    'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    'us.anthropic.claude-sonnet-5',
  ])('takes %s', async (model) => {
    expect((await converse(user({ text }), model)).status).toBe(200);
  });
});

it('the control plane shows lifecycles', async () => {
  const url = `${doubles.origins.bedrockControl}/foundation-models`;
  const rows = (await send(url, { headers: auth })).json.modelSummaries as Json[];
  expect(rows).toContainEqual({
    modelId: NOVA,
    modelLifecycle: { status: 'LEGACY', endOfLifeTime: '2026-09-30T00:00:00Z' },
  });
  doubles.control.setAsOf('2026-11-21');
  const later = (await send(url, { headers: auth })).json.modelSummaries as Json[];
  expect(later.map((r) => r.modelId)).not.toContain(NOVA);
});
