import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import { bill, type Json, pngBase64, postJson, send, until } from './testing.ts';

let doubles: Doubles;
let api: string;
let auth: Record<string, string>;
beforeAll(async () => {
  doubles = await startDoubles({ jobMs: 10 });
  api = `${doubles.origins.gemini}/v1beta`;
  auth = { 'x-goog-api-key': doubles.credentials.gemini };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const status = (a: { json: Json }): unknown => (a.json.error as Json | undefined)?.status;
const inlineData = { mimeType: 'image/png', data: pngBase64(8) };

describe('generateContent', () => {
  const make = (model: string, more: Json = {}, parts: unknown[] = [{ text: 'p' }]) =>
    postJson(`${api}/models/${model}:generateContent`, auth, {
      contents: [{ role: 'user', parts }],
      ...more,
    });
  const config = (imageConfig: Json): Json => ({
    generationConfig: { responseModalities: ['IMAGE'], imageConfig },
  });

  it.each<[string, Json, unknown[], number]>([
    [
      'gemini-3.1-flash-image',
      config({ aspectRatio: '1:8' }),
      [{ text: 'p' }, { inlineData }],
      67_000,
    ],
    ['gemini-3-pro-image', config({ imageSize: '4K' }), [{ text: 'p' }], 240_000],
    ['gemini-3.1-flash-lite-image', { tools: [{ google_search: {} }] }, [{ text: 'p' }], 33_600],
  ])('%s makes a picture', async (model, more, parts, microUsd) => {
    const answer = await make(model, more, parts);
    expect(answer.status).toBe(200);
    const made = (answer.json.candidates as { content: { parts: Json[] } }[])[0]!.content.parts;
    const image = made.find((p) => p.inlineData)!.inlineData as Json;
    expect(Buffer.from(String(image.data), 'base64').toString('latin1', 1, 4)).toBe('PNG');
    expect(made[0]).toMatchObject({ thought: true });
    expect(answer.json.modelStatus).toMatchObject({ modelStage: 'STABLE' });
    expect(bill(doubles, 'gemini')).toEqual({ accepted: 1, billed: 1, microUsd });
  });

  it.each<[string, string, Json, unknown[], number, string]>([
    ['a retired model', 'gemini-2.5-flash-image', {}, [{ text: 'p' }], 404, 'NOT_FOUND'],
    ['a retired preview', 'gemini-3-pro-image-preview', {}, [{ text: 'p' }], 404, 'NOT_FOUND'],
    [
      'an unknown field',
      'gemini-3-pro-image',
      { prompt: 'p' },
      [{ text: 'p' }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'personGeneration',
      'gemini-3-pro-image',
      config({ personGeneration: 'x' }),
      [{ text: 'p' }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'a lower-case size',
      'gemini-3-pro-image',
      config({ imageSize: '1k' }),
      [{ text: 'p' }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      '4K on lite',
      'gemini-3.1-flash-lite-image',
      config({ imageSize: '4K' }),
      [{ text: 'p' }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      '1:8 on pro',
      'gemini-3-pro-image',
      config({ aspectRatio: '1:8' }),
      [{ text: 'p' }],
      400,
      'INVALID_ARGUMENT',
    ],
    ['no parts', 'gemini-3-pro-image', {}, [], 400, 'INVALID_ARGUMENT'],
    [
      'two members in a part',
      'gemini-3-pro-image',
      {},
      [{ text: 'p', inlineData }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'a wrong mime type',
      'gemini-3-pro-image',
      {},
      [{ inlineData: { ...inlineData, mimeType: 'image/jpeg' } }],
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'fifteen images',
      'gemini-3-pro-image',
      {},
      Array(15).fill({ inlineData }),
      400,
      'INVALID_ARGUMENT',
    ],
  ])('refuses %s', async (_name, model, more, parts, code, name) => {
    const answer = await make(model, more, parts);
    expect([answer.status, status(answer)]).toEqual([code, name]);
    expect(bill(doubles, 'gemini').accepted).toBe(0);
  });

  it('blocks in the two ways of a 200', async () => {
    doubles.control.fault({ host: 'gemini', fault: { kind: 'moderate', stage: 'input' } });
    const input = await make('gemini-3-pro-image');
    expect([input.status, input.json.promptFeedback]).toEqual([
      200,
      { blockReason: 'PROHIBITED_CONTENT' },
    ]);
    doubles.control.fault({ host: 'gemini', fault: { kind: 'moderate', stage: 'output' } });
    const output = await make('gemini-3-pro-image');
    expect(output.json.candidates).toMatchObject([{ finishReason: 'IMAGE_SAFETY' }]);
  });

  it('refuses missing and wrong keys, and notes a key in the address', async () => {
    const body = { contents: [{ parts: [{ text: 'p' }] }] };
    const url = `${api}/models/gemini-3-pro-image:generateContent`;
    expect(status(await postJson(url, {}, body))).toBe('PERMISSION_DENIED');
    expect(status(await postJson(url, { 'x-goog-api-key': 'no' }, body))).toBe('PERMISSION_DENIED');
    expect((await postJson(`${url}?key=${doubles.credentials.gemini}`, {}, body)).status).toBe(200);
    expect(doubles.control.requests('gemini').at(-1)?.sightings).toEqual([
      { name: 'gemini', where: 'url', header: null },
    ]);
  });
});

describe('Veo', () => {
  const MODEL = 'veo-3.1-generate-preview';
  const still = { bytesBase64Encoded: pngBase64(8), mimeType: 'image/png' };
  const make = (instance: Json = {}, parameters: Json = {}, model = MODEL) =>
    postJson(`${api}/models/${model}:predictLongRunning`, auth, {
      instances: [{ prompt: 'p', ...instance }],
      parameters,
    });
  const done = (name: unknown) =>
    until(
      () => send(`${api}/${String(name)}`, { headers: auth }),
      (a) => a.json.done === true,
    );

  it('is gone on the default day', async () => {
    expect((await make()).status).toBe(404);
  });

  it('runs, is polled, and downloads over a redirect to another host', async () => {
    doubles.control.setAsOf('2026-10-01');
    const made = await make({ image: still }, { durationSeconds: 8, resolution: '1080p' });
    expect(made.json.name).toMatch(/^models\/veo-3.1-generate-preview\/operations\//);
    const operation = (await done(made.json.name)).json;
    const uri = (
      operation.response as {
        generateVideoResponse: { generatedSamples: { video: { uri: string } }[] };
      }
    ).generateVideoResponse.generatedSamples[0]!.video.uri;
    expect((await send(uri)).status).toBe(403);
    const redirect = await send(uri, { headers: auth });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get('location')!;
    expect(location.startsWith(doubles.origins.geminiStorage)).toBe(true);
    expect((await send(location)).bytes.toString('latin1', 4, 8)).toBe('ftyp');
    expect(doubles.control.hostsThatSaw('gemini')).toEqual(['gemini']);
    expect(bill(doubles, 'gemini').microUsd).toBe(3_200_000);
  });

  it.each<[string, Json, Json, string]>([
    ['a duration as text', {}, { durationSeconds: '8' }, MODEL],
    ['5 seconds', {}, { durationSeconds: 5 }, MODEL],
    ['1080p at 4 seconds', {}, { durationSeconds: 4, resolution: '1080p' }, MODEL],
    ['4K in upper case', {}, { resolution: '4K' }, MODEL],
    ['4k on lite', {}, { resolution: '4k' }, 'veo-3.1-lite-generate-preview'],
    ['seed', {}, { seed: 1 }, MODEL],
    ['generateAudio', {}, { generateAudio: true }, MODEL],
    ['two samples', {}, { sampleCount: 2 }, MODEL],
    ['inlineData', { image: { inlineData } }, {}, MODEL],
    ['a last frame alone', { lastFrame: still }, {}, MODEL],
    [
      'references with an image',
      { image: still, referenceImages: [{ image: still, referenceType: 'asset' }] },
      { durationSeconds: 8 },
      MODEL,
    ],
  ])('refuses %s', async (_name, instance, parameters, model) => {
    doubles.control.setAsOf('2026-10-01');
    expect(status(await make(instance, parameters, model))).toBe('INVALID_ARGUMENT');
    expect(bill(doubles, 'gemini').accepted).toBe(0);
  });

  it('tells moderation and failure apart', async () => {
    doubles.control.setAsOf('2026-10-01');
    doubles.control.fault({ host: 'gemini', fault: { kind: 'moderate', stage: 'output' } });
    const moderated = (await done((await make()).json.name)).json;
    expect(moderated.response).toMatchObject({
      generateVideoResponse: { raiMediaFilteredCount: 1 },
    });
    doubles.control.fault({ host: 'gemini', fault: { kind: 'fail', message: 'broken' } });
    const failed = (await done((await make()).json.name)).json;
    expect(failed.error).toMatchObject({ message: 'broken' });
  });
});

describe('Omni', () => {
  const GOOD = {
    model: 'gemini-omni-1.1-flash',
    input: [
      { type: 'image', data: pngBase64(8), mime_type: 'image/png' },
      { type: 'text', text: 'p' },
    ],
    background: true,
    response_format: {
      type: 'video',
      delivery: 'uri',
      aspect_ratio: '16:9',
      resolution: '720p',
      duration: '8s',
    },
  };
  const make = (more: Json) => postJson(`${api}/interactions`, auth, { ...GOOD, ...more });
  const show = (id: unknown) => send(`${api}/interactions/${String(id)}`, { headers: auth });

  it('runs to a video', async () => {
    const made = await make({});
    expect(made.json).toMatchObject({ status: 'queued' });
    const answer = await until(
      () => show(made.json.id),
      (a) => a.json.status === 'completed',
    );
    const steps = answer.json.steps as { type: string; content: { uri: string }[] }[];
    const download = await send(steps[0]!.content[0]!.uri, { headers: auth });
    expect(download.status).toBe(302);
    expect(bill(doubles, 'gemini')).toEqual({ accepted: 1, billed: 1, microUsd: 800_000 });
  });

  it.each<[string, Json, number]>([
    ['a bare number', { response_format: { ...GOOD.response_format, duration: 8 } }, 400],
    ['two seconds', { response_format: { ...GOOD.response_format, duration: '2s' } }, 400],
    ['camelCase', { responseFormat: GOOD.response_format }, 400],
    ['no input', { input: undefined }, 400],
    ['an empty input', { input: '' }, 400],
    ['store:false in the background', { store: false }, 400],
    ['the dead alias', { model: 'gemini-omni-flash-preview' }, 404],
  ])('refuses %s', async (_name, more, code) => {
    expect((await make(more)).status).toBe(code);
    expect(bill(doubles, 'gemini').accepted).toBe(0);
  });

  it('refusal: completed without a video; unknown id: 400; cancel', async () => {
    doubles.control.fault({ host: 'gemini', fault: { kind: 'moderate', stage: 'output' } });
    const made = await make({});
    const answer = await until(
      () => show(made.json.id),
      (a) => a.json.status === 'completed',
    );
    expect(answer.json.steps).toEqual([]);
    expect((await show('v1_none')).status).toBe(400);
    doubles.control.fault({ host: 'gemini', fault: { kind: 'stuck' } });
    const stuck = await make({});
    const url = `${api}/interactions/${String(stuck.json.id)}/cancel`;
    expect((await send(url, { method: 'POST', headers: auth })).json.status).toBe('cancelled');
  });
});

it('lists living models only', async () => {
  const names = (await send(`${api}/models`, { headers: auth })).json.models as { name: string }[];
  expect(names.map((n) => n.name)).toContain('models/gemini-3-pro-image');
  expect(names.map((n) => n.name)).not.toContain('models/gemini-2.5-flash-image');
  expect((await send(`${api}/models/veo-3.1-generate-preview`, { headers: auth })).status).toBe(
    404,
  );
});
