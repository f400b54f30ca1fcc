import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelProgress } from './model-problem.ts';
import { dropOtherModelFiles, loadModelFile, type PinnedFile } from './models.ts';

const CONTENT = new TextEncoder().encode('sixteen  billion weights');
const PINNED: PinnedFile = {
  file: 'encoder.onnx',
  url: '/models/encoder.onnx',
  bytes: CONTENT.length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
};

/** Cache Storage in a map; `put` fails when the device is full. */
function cacheStorage(isFull = false) {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache = {
    match: async (key: string) => {
      const bytes = entries.get(key);
      return bytes && new Response(bytes);
    },
    put: async (key: string, response: Response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, new Uint8Array(await response.arrayBuffer()));
    },
    delete: async (key: string) => entries.delete(key),
    keys: async () => [...entries.keys()].map((url) => ({ url })),
  };
  return { entries, caches: { open: async () => cache } };
}

/** Answers requests one after the other; the last answer repeats. */
function server(...answers: (() => Response)[]) {
  const modes: (string | undefined)[] = [];
  const fetch = async (_url: string, { cache }: RequestInit) => {
    modes.push(cache);
    return answers[Math.min(modes.length, answers.length) - 1]();
  };
  return { modes, fetch };
}

const good = () => new Response(CONTENT);
const bad = () => new Response('<!doctype html>');
const offline = () => {
  throw new TypeError('Failed to fetch');
};

async function load() {
  const progress: ModelProgress[] = [];
  const result = await loadModelFile(PINNED, (step) => progress.push(step));
  const bytes = result.ok ? Buffer.from(result.value).toString() : undefined;
  return { result, bytes, progress };
}

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://maskwright.test/assets/worker.js' });
});
afterEach(() => vi.unstubAllGlobals());

test('downloads once, then works without a network', async () => {
  const device = cacheStorage();
  vi.stubGlobal('caches', device.caches);
  vi.stubGlobal('fetch', server(good).fetch);
  const first = await load();
  expect(first.bytes).toBe('sixteen  billion weights');
  expect(first.progress.at(-1)).toEqual({
    file: 'encoder.onnx',
    loaded: CONTENT.length,
    total: CONTENT.length,
    from: 'network',
  });

  vi.stubGlobal('fetch', server(offline).fetch);
  const second = await load();
  expect(second.bytes).toBe('sixteen  billion weights');
  expect(second.progress.map(({ from }) => from)).toEqual(['device']);
});

test('a damaged copy on the device heals itself', async () => {
  const device = cacheStorage();
  vi.stubGlobal('caches', device.caches);
  vi.stubGlobal('fetch', server(good).fetch);
  await load();
  const [key] = device.entries.keys();
  device.entries.set(key, new Uint8Array([1, 2, 3]));
  expect((await load()).result.ok).toBe(true);
  expect(device.entries.get(key)).toEqual(CONTENT);
});

test('wrong bytes are asked for once more past every cache', async () => {
  vi.stubGlobal('caches', cacheStorage().caches);
  const { modes, fetch } = server(bad, good);
  vi.stubGlobal('fetch', fetch);
  expect((await load()).result.ok).toBe(true);
  expect(modes).toEqual(['default', 'reload']);
});

test('wrong bytes twice are a problem that names the file, and are not kept', async () => {
  const device = cacheStorage();
  vi.stubGlobal('caches', device.caches);
  vi.stubGlobal('fetch', server(bad).fetch);
  const found = createHash('sha256').update('<!doctype html>').digest('hex');
  expect((await load()).result).toEqual({
    ok: false,
    problem: { kind: 'model-damaged', file: 'encoder.onnx', expected: PINNED.sha256, found },
  });
  expect(device.entries.size).toBe(0);
});

test.each([
  ['offline', offline, 0],
  ['missing', () => new Response('', { status: 404 }), 404],
] as const)('%s and not on the device: unavailable', async (_, answer, status) => {
  vi.stubGlobal('caches', cacheStorage().caches);
  vi.stubGlobal('fetch', server(answer).fetch);
  expect((await load()).result).toEqual({
    ok: false,
    problem: { kind: 'model-unavailable', file: 'encoder.onnx', status },
  });
});

test('no Cache Storage or no room in it: the model works all the same', async () => {
  vi.stubGlobal('fetch', server(good).fetch);
  vi.stubGlobal('caches', undefined);
  expect((await load()).result.ok).toBe(true);
  vi.stubGlobal('caches', cacheStorage(true).caches);
  expect((await load()).result.ok).toBe(true);
});

test('files of older versions are forgotten', async () => {
  const device = cacheStorage();
  vi.stubGlobal('caches', device.caches);
  vi.stubGlobal('fetch', server(good).fetch);
  await load();
  await dropOtherModelFiles([PINNED]);
  expect(device.entries.size).toBe(1);
  await dropOtherModelFiles([{ ...PINNED, sha256: 'newer' }]);
  expect(device.entries.size).toBe(0);
});
