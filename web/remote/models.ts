import { fail, ok, type Result } from '../core/flow/result.ts';
import type { ModelProblem, ModelProgress } from './model-problem.ts';

/** One file to load, as the manifest pins it. */
export interface PinnedFile {
  readonly file: string;
  /** Absolute, or relative to whoever loads it. */
  readonly url: string;
  readonly bytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
}

export type OnModelProgress = (progress: ModelProgress) => void;

/** Cache Storage bucket of models and engine. Entries are disposable. */
const MODEL_CACHE = 'maskwright-models';

/**
 * The bytes of a model or engine file, checked against the manifest: from this device when it
 * has them, else from the network and then kept. Bytes that do not match are fetched once more
 * past every cache; so a damaged copy heals itself, and a damaged server is a named problem.
 * Several tabs may do this at once: they write the same bytes under the same address.
 */
export async function loadModelFile(
  pinned: PinnedFile,
  onProgress: OnModelProgress,
): Promise<Result<ArrayBuffer, ModelProblem>> {
  const cache = await openCache();
  const key = cacheKey(pinned);
  const kept = await readKept(cache, key);
  if (kept && (await sha256(kept)) === pinned.sha256) {
    onProgress({ file: pinned.file, loaded: pinned.bytes, total: pinned.bytes, from: 'device' });
    return ok(kept);
  }

  let found = '';
  for (const mode of ['default', 'reload'] as const) {
    const fetched = await download(pinned, mode, onProgress);
    if (!fetched.ok) return fetched;
    found = await sha256(fetched.value);
    if (found === pinned.sha256) {
      await keep(cache, key, fetched.value);
      return fetched;
    }
  }
  await cache?.delete(key).catch(() => false);
  return fail({ kind: 'model-damaged', file: pinned.file, expected: pinned.sha256, found });
}

/** Forgets files that no manifest row names any more. */
export async function dropOtherModelFiles(current: readonly PinnedFile[]): Promise<void> {
  const cache = await openCache();
  if (!cache) return;
  const wanted = new Set(current.map(cacheKey));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

/** The hash is part of the address, so an old copy never stands in for a new file. */
export function cacheKey({ url, sha256 }: PinnedFile): string {
  return `${new URL(url, location.href).href}?sha256=${sha256}`;
}

/** Null where there is no Cache Storage: insecure pages, some private windows. */
export async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(MODEL_CACHE);
  } catch {
    return null;
  }
}

async function readKept(cache: Cache | null, key: string): Promise<ArrayBuffer | null> {
  try {
    return (await (await cache?.match(key))?.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
}

/** Keeping is a convenience: without room for it the model works all the same. */
async function keep(cache: Cache | null, key: string, bytes: ArrayBuffer): Promise<void> {
  try {
    await cache?.put(key, new Response(bytes));
  } catch {
    await cache?.delete(key).catch(() => false);
  }
}

async function download(
  { file, url, bytes }: PinnedFile,
  cache: 'default' | 'reload',
  onProgress: OnModelProgress,
): Promise<Result<ArrayBuffer, ModelProblem>> {
  let status = 0;
  try {
    const response = await fetch(url, { cache });
    status = response.status;
    if (!response.ok || !response.body) return fail({ kind: 'model-unavailable', file, status });
    const blocks: BlobPart[] = [];
    let loaded = 0;
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      blocks.push(next.value);
      loaded += next.value.length;
      onProgress({ file, loaded, total: bytes, from: 'network' });
    }
    return ok(await new Blob(blocks).arrayBuffer());
  } catch {
    return fail({ kind: 'model-unavailable', file, status });
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
