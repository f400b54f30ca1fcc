import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Doubles, startDoubles } from './server.ts';
import {
  alphaMask,
  bill,
  dataUrl,
  type Json,
  pngFile,
  postForm,
  postJson,
  send,
} from './testing.ts';

let doubles: Doubles;
let api: string;
let auth: { authorization: string };
beforeAll(async () => {
  doubles = await startDoubles();
  api = `${doubles.origins.openai}/v1`;
  auth = { authorization: `Bearer ${doubles.credentials.openai}` };
});
afterAll(() => doubles.close());
beforeEach(() => doubles.control.reset());

const BASE = { model: 'gpt-image-2', prompt: 'a red monster' };
const generate = (more: Json, headers: Record<string, string> = {}) =>
  postJson(`${api}/images/generations`, { ...auth, ...headers }, { ...BASE, ...more });
const code = (a: { json: Json }): unknown => (a.json.error as Json | undefined)?.code;

describe('generations', () => {
  it('answers pictures and usage, and bills by that usage', async () => {
    const answer = await generate({
      n: 2,
      quality: 'low',
      size: '1024x1024',
      output_format: 'webp',
    });
    expect(answer.status).toBe(200);
    expect((answer.json.data as Json[]).map((d) => Object.keys(d))).toEqual([
      ['b64_json'],
      ['b64_json'],
    ]);
    const usage = answer.json.usage as Record<string, number>;
    expect(usage.total_tokens).toBe(usage.input_tokens! + usage.output_tokens!);
    const microUsd = usage.input_tokens! * 5 + usage.output_tokens! * 30;
    expect(bill(doubles, 'openai')).toEqual({ accepted: 1, billed: 1, microUsd });
    expect(usage.output_tokens).toBe(400);
  });

  it.each<[string, Json]>([
    ['the largest size', { size: '3840x2160' }],
    ['1:3', { size: '1536x512' }],
    ['transparent webp', { background: 'transparent', output_format: 'webp' }],
    ['compressed jpeg', { output_format: 'jpeg', output_compression: 40 }],
    ['xhigh on 2.5', { model: 'gpt-image-2.5-flare', quality: 'xhigh' }],
    ['a dated id', { model: 'gpt-image-2-2026-04-21', moderation: 'low', user: 'u' }],
    ['1.5 until December', { model: 'gpt-image-1.5', size: '1536x1024' }],
  ])('takes %s', async (_name, more) => {
    expect((await generate(more)).status).toBe(200);
  });

  it.each<[string, Json, number, string | null]>([
    ['no prompt', { prompt: undefined }, 400, 'missing_required_parameter'],
    ['response_format', { response_format: 'b64_json' }, 400, 'unknown_parameter'],
    ['style', { style: 'vivid' }, 400, 'unknown_parameter'],
    ['a mask', { mask: 'x' }, 400, 'unknown_parameter'],
    ['n of 11', { n: 11 }, 400, 'invalid_value'],
    ['n as text', { n: '1' }, 400, 'invalid_value'],
    ['a size not ÷ 16', { size: '1000x1000' }, 400, 'invalid_value'],
    ['a size of 4:1', { size: '2048x512' }, 400, 'invalid_value'],
    ['too many pixels', { size: '3840x3840' }, 400, 'invalid_value'],
    ['too few pixels', { size: '512x512' }, 400, 'invalid_value'],
    ['a free size on 1.5', { model: 'gpt-image-1.5', size: '1280x720' }, 400, 'invalid_value'],
    ['xhigh on 2', { quality: 'xhigh' }, 400, 'invalid_value'],
    [
      'transparent jpeg',
      { background: 'transparent', output_format: 'jpeg' },
      400,
      'invalid_value',
    ],
    ['compressed png', { output_compression: 50 }, 400, 'invalid_value'],
    ['partial images without stream', { partial_images: 1 }, 400, 'invalid_value'],
    ['no model (dall-e-2 is dead)', { model: undefined }, 404, 'model_not_found'],
    ['dall-e-3', { model: 'dall-e-3' }, 404, 'model_not_found'],
    ['gpt-image-1', { model: 'gpt-image-1' }, 404, 'model_not_found'],
    ['an unknown model', { model: 'gpt-image-9' }, 404, 'model_not_found'],
    ['a long prompt', { prompt: 'x'.repeat(32_001) }, 400, 'invalid_value'],
  ])('refuses %s', async (_name, more, status, expected) => {
    const answer = await generate(more);
    expect([answer.status, code(answer)]).toEqual([status, expected]);
    expect(Object.keys(answer.json.error as Json).sort()).toEqual([
      'code',
      'message',
      'param',
      'type',
    ]);
    expect(bill(doubles, 'openai').accepted).toBe(0);
  });

  it('refuses wrong keys, types and addresses', async () => {
    expect(code(await generate({}, { authorization: 'Bearer sk-no' }))).toBe('invalid_api_key');
    expect((await generate({}, { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await send(`${api}/images/generations`, { headers: auth })).status).toBe(404);
  });

  it('streams server-sent events', async () => {
    const answer = await generate({ stream: true, partial_images: 1 });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = [...answer.bytes.toString().matchAll(/^event: (.+)$/gm)].map((m) => m[1]);
    expect(events).toEqual(['image_generation.partial_image', 'image_generation.completed']);
  });

  it('moderation is a 400 of its own and free', async () => {
    doubles.control.fault({ host: 'openai', fault: { kind: 'moderate', stage: 'input' } });
    const answer = await generate({});
    expect([answer.status, code(answer)]).toEqual([400, 'moderation_blocked']);
    expect(bill(doubles, 'openai').accepted).toBe(0);
  });
});

describe('edits', () => {
  const edit = (fields: Parameters<typeof postForm>[2]) =>
    postForm(`${api}/images/edits`, auth, { ...BASE, image: pngFile(64), ...fields });

  it.each<[string, Parameters<typeof postForm>[2]]>([
    ['one image', {}],
    [
      'several images and a mask',
      { image: undefined, 'image[]': [pngFile(64), pngFile(32)], mask: alphaMask(64) },
    ],
    ['numbers as text', { n: '2', output_format: 'jpeg', output_compression: '80' }],
    ['input_fidelity on 1.5', { model: 'gpt-image-1.5', input_fidelity: 'high' }],
  ])('takes a form with %s', async (_name, fields) => {
    const answer = await edit(fields);
    expect(answer.status).toBe(200);
    expect(bill(doubles, 'openai').accepted).toBe(1);
  });

  it.each<[string, Parameters<typeof postForm>[2], string]>([
    ['no image', { image: undefined }, 'missing_required_parameter'],
    ['two fields named image', { image: [pngFile(64), pngFile(64)] }, 'duplicate_parameter'],
    [
      '17 images',
      { image: undefined, 'image[]': Array.from({ length: 17 }, () => pngFile(8)) },
      'invalid_value',
    ],
    ['an image as text', { image: 'abc' }, 'invalid_image_file'],
    [
      'an image that is none',
      { image: { type: 'image/png', data: Buffer.from('nothing at all!!') } },
      'invalid_image_file',
    ],
    ['a wrong media type', { image: { ...pngFile(8), type: 'image/jpeg' } }, 'invalid_image_file'],
    ['a mask of another size', { mask: alphaMask(32) }, 'invalid_image_file'],
    ['a mask without alpha', { mask: pngFile(64) }, 'invalid_image_file'],
    ['input_fidelity on 2', { input_fidelity: 'high' }, 'unknown_parameter'],
    ['moderation', { moderation: 'low' }, 'unknown_parameter'],
    ['n twice', { n: ['1', '2'] }, 'duplicate_parameter'],
    ['n of zero', { n: '0' }, 'invalid_value'],
    ['gpt-image-1', { model: 'gpt-image-1' }, 'model_not_found'],
  ])('refuses a form with %s', async (_name, fields, expected) => {
    const answer = await edit(fields);
    expect(code(answer)).toBe(expected);
    expect(bill(doubles, 'openai').accepted).toBe(0);
  });

  const editJson = (more: Json) =>
    postJson(`${api}/images/edits`, auth, {
      ...BASE,
      images: [{ image_url: dataUrl(64) }],
      ...more,
    });

  it.each<[string, Json, number]>([
    ['a data URL', {}, 200],
    [
      'an https URL and a mask',
      { images: [{ image_url: 'https://a.test/b.png' }], mask: { file_id: 'f' } },
      200,
    ],
    ['no images', { images: [] }, 400],
    ['both kinds of reference', { images: [{ image_url: dataUrl(8), file_id: 'f' }] }, 400],
    ['an http URL', { images: [{ image_url: 'http://a.test/b.png' }] }, 400],
    ['a mask without alpha', { mask: { image_url: dataUrl(64) } }, 400],
    ['the form’s field', { image: dataUrl(8) }, 400],
  ])('JSON with %s → %i', async (_name, more, status) => {
    expect((await editJson(more)).status).toBe(status);
  });
});

describe('models', () => {
  it('lists the living with their shutdown dates', async () => {
    const list = await send(`${api}/models`, { headers: auth });
    const rows = list.json.data as { id: string; shutdown_date: string | null }[];
    const dates = Object.fromEntries(rows.map((r) => [r.id, r.shutdown_date]));
    expect(dates['gpt-image-1.5']).toBe('2026-12-01');
    expect(dates['gpt-image-2']).toBeNull();
    expect(dates).not.toHaveProperty('dall-e-3');
    doubles.control.setAsOf('2026-12-01');
    expect((await send(`${api}/models/gpt-image-1.5`, { headers: auth })).status).toBe(404);
  });
});
