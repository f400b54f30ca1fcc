import { afterEach, expect, test, vi } from 'vitest';
import { proxyHealth } from './proxy.ts';

afterEach(() => vi.unstubAllGlobals());

function answerWith(answer: () => Promise<Response>): void {
  vi.stubGlobal('fetch', vi.fn(answer));
}

test('says which vendors have a key', async () => {
  const health = { ok: true, auth: 'off', storage: true, vendors: { openai: true, bfl: false } };
  answerWith(async () => Response.json(health));
  expect(await proxyHealth('/')).toEqual({ ok: true, value: health });
});

test.each([
  ['the page itself', () => new Response('<!doctype html>')],
  ['nothing', () => new Response('', { status: 404 })],
  ['something else', () => Response.json({ hello: 1 })],
])('a site without the proxy that answers with %s is told apart', async (_, answer) => {
  answerWith(async () => answer());
  expect(await proxyHealth('/')).toEqual({ ok: false, problem: { kind: 'absent' } });
});

test('offline is not the same as absent', async () => {
  answerWith(() => Promise.reject(new TypeError('offline')));
  expect(await proxyHealth('/')).toEqual({ ok: false, problem: { kind: 'unreachable' } });
});
