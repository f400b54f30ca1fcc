import { beforeEach, describe, expect, it } from 'vitest';
import type { Generation, ShareAnswer, UploadAnswer } from '../../contract.ts';
import { call, control, generate, site } from '../testing/client.ts';
import { rangeOf } from './serve.ts';

const png = new Uint8Array(5000).map((_, i) => i % 251);
png.set([0x89, 0x50, 0x4e, 0x47]);

async function send(body: BodyInit, headers: Record<string, string>): Promise<Response> {
  return call('/api/uploads', { method: 'POST', body, headers });
}

describe('uploads', () => {
  it('gives a link that a vendor can read without a session, until it is touched', async () => {
    const headers = { 'content-type': 'image/png', 'content-length': String(png.length) };
    const made = await send(png, headers);
    expect(made.status).toBe(201);
    const { url, id } = (await made.json()) as UploadAnswer;
    const link = new URL(url);
    const read = (path: string) => call(path, { at: 'https://proxy.test' });
    const good = await read(link.pathname + link.search);
    expect(new Uint8Array(await good.arrayBuffer())).toEqual(png);
    const later = link.search.replace(/until=(\d)/, 'until=9');
    expect((await read(link.pathname + later)).status).toBe(403);
    expect((await read(`/api/uploads/${id}`)).status).toBe(403);
    const other = link.pathname.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
    expect((await read(other + link.search)).status).toBe(403);
  });

  it('refuses other kinds of files, other bytes than announced, and more than 25 MB', async () => {
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    for (const [bytes, length] of [
      [page, page.length],
      [png, png.length + 5],
      [png, png.length - 5],
    ] as const) {
      const announced = { 'content-type': 'image/png', 'content-length': String(length) };
      expect((await send(bytes, announced)).status).toBe(422);
    }
    expect((await send('<svg/>', { 'content-type': 'image/svg+xml' })).status).toBe(422);
    const headers = { 'content-type': 'image/png', 'content-length': '40000000' };
    expect((await send('x', headers)).status).toBe(413);
  });

  it('does not let an input be used that nobody uploaded', async () => {
    const { status, error } = await generate({
      model: 'gpt-image-2',
      task: 'edit',
      prompt: 'x',
      inputs: [crypto.randomUUID()],
    });
    expect([status, error?.field]).toEqual([422, 'inputs']);
  });
});

describe('results', () => {
  let made: Generation;
  beforeEach(async () => {
    await control.reset();
    made = (await generate({ model: 'gpt-image-2', task: 'create', prompt: 'a kite' })).generation;
  });

  it('answers ranges as a video player asks for them', async () => {
    const { url, bytes } = made.outputs[0]!;
    const whole = new Uint8Array(await (await call(url)).arrayBuffer());
    for (const [range, from, to] of [
      ['bytes=0-9', 0, 10],
      ['bytes=10-', 10, bytes],
      ['bytes=-7', bytes - 7, bytes],
      [`bytes=5-${bytes * 2}`, 5, bytes],
    ] as const) {
      const part = await call(url, { headers: { range } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${bytes}`);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(from, to));
    }
    expect((await call(url, { headers: { range: `bytes=${bytes}-` } })).status).toBe(416);
    expect(rangeOf('bytes=0-1,4-5', 100)).toBeNull();
    expect(rangeOf('lines=0-1', 100)).toBeNull();
  });

  it('shares one output by a link that is good for an hour and for nothing else', async () => {
    const json = { generation: made.id, output: 0 };
    const answer = await call('/api/shares', { method: 'POST', json });
    const { url, expiresAt } = (await answer.json()) as ShareAnswer;
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(3_600_000);
    const path = url.slice(site.length);
    const at = 'https://proxy.test';
    const shared = await call(path, { at });
    expect((await shared.arrayBuffer()).byteLength).toBe(made.outputs[0]!.bytes);
    const touched = path.replace(/\.(\d{13})\./, (_, until: string) => `.${Number(until) + 1}.`);
    expect((await call(touched, { at })).status).toBe(403);
  });

  it('streams what happens to a generation to an open page', async () => {
    const events = await call('/api/generations/events');
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
    const { generation } = await generate({ model: 'gpt-image-2', task: 'create', prompt: 'two' });
    let seen = '';
    while (!seen.includes('"succeeded"')) {
      const { value, done } = await reader.read();
      if (done) break;
      seen += value;
    }
    await reader.cancel();
    expect(seen).toContain(generation.id);
  });
});
