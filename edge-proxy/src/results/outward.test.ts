import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ShareAnswer } from '../../contract.ts';
import { awsKey } from '../http/keys.ts';
import worker from '../index.ts';
import { control, generate, site } from '../testing/client.ts';

const pair = awsKey(env, false);
if (pair?.kind !== 'pair') throw new Error('the test run sets an AWS key');

async function post(path: string, json: unknown, settings: Partial<Env>): Promise<Response> {
  const request = new Request<unknown, IncomingRequestCfProperties>(site + path, {
    method: 'POST',
    headers: { origin: site, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  const context = createExecutionContext();
  const response = await worker.fetch(request, { ...env, ...settings }, context);
  await waitOnExecutionContext(context);
  return response;
}

beforeEach(() => control.reset());

describe('shares from an S3-compatible bucket', () => {
  const bucket = {
    S3_BUCKET: 'shared',
    S3_REGION: 'auto',
    S3_ACCESS_KEY_ID: pair.accessKeyId,
    S3_SECRET_ACCESS_KEY: pair.secretAccessKey,
  };
  const openai = { model: 'gpt-image-2', task: 'create', prompt: 'a kite' } as const;

  it('are links that the bucket itself accepts, for an hour, for one object', async () => {
    const { generation } = await generate(openai);
    const made = await post('/api/shares', { generation: generation.id, output: 0 }, bucket);
    expect(made.status).toBe(201);
    const { url } = (await made.json()) as ShareAnswer;
    expect(new URL(url).pathname).toBe(`/shared/shares/results/${generation.id}/0`);
    const file = await fetch(url);
    expect(file.headers.get('content-type')).toBe(generation.outputs[0]!.type);
    expect((await file.arrayBuffer()).byteLength).toBe(generation.outputs[0]!.bytes);
    const status = async (link: string) => (await fetch(link)).status;
    expect(await status(url.replace('Expires=3600', 'Expires=7200'))).toBe(403);
    expect(await status(url.replace('/0?', '/1?'))).toBe(403);
    await control.advance(3_601_000);
    expect(await status(url)).toBe(403);
  });

  it('fall back to our own link when the bucket refuses the copy', async () => {
    const { generation } = await generate(openai);
    const wrong = { ...bucket, S3_SECRET_ACCESS_KEY: 'wrong' };
    const made = await post('/api/shares', { generation: generation.id, output: 0 }, wrong);
    const { url } = (await made.json()) as ShareAnswer;
    expect(url.startsWith(`${site}/api/shares/`)).toBe(true);
  });
});

describe('feedback by mail', () => {
  const addresses = { FEEDBACK_FROM: 'app@example.test', FEEDBACK_TO: 'us@example.test' };
  const words = { text: 'More kites, please.', page: '/edit' };

  it('is signed, taken by SES, and says who wrote what where', async () => {
    expect((await post('/api/feedback', words, addresses)).status).toBe(204);
    const [mail, ...more] = await control.requests('ses');
    expect(more).toEqual([]);
    expect(mail?.status).toBe(200);
    const { Content } = JSON.parse(mail!.bodyText) as {
      Content: { Simple: { Body: { Text: { Data: string } } } };
    };
    expect(Content.Simple.Body.Text.Data).toBe('More kites, please.\n\nFrom: local\nPage: /edit');
  });

  it('never keeps the writer waiting for an error, and is not tried without addresses', async () => {
    await control.fault({ host: 'ses', fault: { kind: 'drop', when: 'before' } });
    expect((await post('/api/feedback', words, addresses)).status).toBe(204);
    expect(await control.requests('ses')).toHaveLength(1);
    expect((await post('/api/feedback', words, {})).status).toBe(204);
    expect(await control.requests('ses')).toHaveLength(1);
  });
});
