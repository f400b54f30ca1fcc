import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ErrorBody, errorCodes } from '../../contract.ts';
import { call, control } from '../testing/client.ts';

const remote = 'https://proxy.test';
const generation = { model: 'gpt-image-2', task: 'create', prompt: 'x' };

const protectedPaths = [
  ...['/api/models', '/api/usage', '/api/generations', '/api/generations/events', '/api/session'],
  ...[
    '/api/uploads',
    '/api/shares',
    '/api/feedback',
    '/api/session/password',
    '/api/nothing-here',
    '/',
    '/api',
    '/api/',
  ],
];

/** Other ways to write a path that a careless router takes for an open one. */
const respellings = [
  ...['//api/health', '/api//health', '/api/health/', '/api/health/../usage', '/api/./usage'],
  ...['/%61pi/health', '/api/%68ealth', '/api/health%2f..%2fusage', '/api/health;/usage'],
  ...['/api/health%00', '/API/health', '/api/health%20', '/api/webhooks/../usage'],
  ...[
    '/api/shares/..%2f..%2fusage',
    '/api/shares/a/b',
    '/api/uploads/..%2fusage',
    '/api/session/x',
  ],
];

describe('doors', () => {
  beforeAll(() => control.reset());

  it('lets nobody in without a session', async () => {
    for (const path of protectedPaths) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        if (path === '/api/session' && method === 'POST') continue;
        const response = await call(path, { method, at: remote });
        expect([response.status, path, method]).toEqual([401, path, method]);
      }
    }
  });

  it('opens for no respelling of an open path', async () => {
    for (const path of respellings) {
      const { status } = await call(path, { at: remote });
      expect([status, path]).toEqual([401, path]);
    }
  });

  it.each([
    ...['http://localhost.evil.test', 'http://127.0.0.1.nip.io', 'http://localhost@evil.test'],
    ...['http://127.0.0.2', 'http://0.0.0.0', 'http://[::ffff:127.0.0.1]', 'http://localhost.'],
    ...['http://xlocalhost', 'http://evil.test', 'http://10.0.0.1', 'http://[::2]'],
  ])('AUTH=off does not count at %s', async (at) => {
    const { exports } = await import('cloudflare:workers');
    expect((await exports.default.fetch(`${at}/api/usage`)).status).toBe(401);
  });

  it.each(['localhost.evil.test', 'evil.test', '127.0.0.1.evil.test:80', 'localhost:80@evil.test'])(
    'AUTH=off does not count for the Host header %s',
    async (host) => {
      expect((await call('/api/usage', { headers: { host } })).status).toBe(401);
    },
  );

  it('refuses what comes from another site', async () => {
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
      { origin: '' },
    ]) {
      const response = await call('/api/feedback', {
        method: 'POST',
        json: { text: 'x' },
        headers,
      });
      expect(response.status).toBe(403);
    }
  });

  it('shares nothing across origins and lets no page be made of an answer', async () => {
    for (const path of ['/api/health', '/api/models', '/api/nothing-here']) {
      const { headers } = await call(path, { headers: { origin: 'https://evil.test' } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('stops reading a body that is too long, also without a stated length', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(0x20));
        if (pulled > 2000) controller.close();
      },
    });
    const response = await call('/api/feedback', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(2000);
  });

  it.each([
    ['__proto__', '{"__proto__":{"admin":true},"text":"x"}'],
    ['constructor', '{"constructor":{"prototype":{"admin":true}},"text":"x"}'],
    ['admin', '{"text":"x","admin":true}'],
    ['settledMicros', '{"text":"x","settledMicros":0}'],
  ])('names the field %s and takes nothing from it', async (field, body) => {
    const response = await call('/api/feedback', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(422);
    expect(((await response.json()) as ErrorBody).error.field).toBe(field);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'has no parameter and no model called %s',
    async (name) => {
      const headers = {
        'idempotency-key': crypto.randomUUID(),
        'content-type': 'application/json',
      };
      const parameters = `{"model":"gpt-image-2","task":"create","prompt":"x","parameters":{"${name}":1}}`;
      const odd = await call('/api/generations', { method: 'POST', body: parameters, headers });
      expect(odd.status).toBe(422);
      const json = { ...generation, model: name };
      expect((await call('/api/generations', { method: 'POST', json, headers })).status).toBe(422);
    },
  );

  it('wants a well-formed idempotency key', async () => {
    for (const key of [
      '',
      'short',
      'x'.repeat(65),
      'with space in the key',
      "';drop table jobs;--",
    ]) {
      const response = await call('/api/generations', {
        method: 'POST',
        json: generation,
        headers: { 'idempotency-key': key },
      });
      expect(response.status).toBe(422);
    }
    expect(await control.requests()).toHaveLength(0);
  });

  it('answers every failure from the closed set with a next step', async () => {
    for (const path of ['/api/nothing', '/api/generations/not-an-id', '/api/uploads']) {
      const { error } = (await (await call(path)).json()) as ErrorBody;
      expect(errorCodes).toContain(error.code);
      expect(error.next.length).toBeGreaterThan(5);
    }
  });

  it('tells in health which vendors are there, and nothing about their keys', async () => {
    const text = await (await call('/api/health')).text();
    expect(JSON.parse(text)).toMatchObject({ ok: true, auth: 'off', vendors: { openai: true } });
    expect(text).not.toContain(env.OPENAI_API_KEY);
  });
});
