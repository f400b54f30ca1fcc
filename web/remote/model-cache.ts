import { cacheKey, openCache, type PinnedFile } from './models.ts';

/**
 * What model and engine files take on this device, in bytes.
 * @param pinned the files in use, whose size is known without reading them
 */
export async function modelBytes(
  pinned: readonly PinnedFile[],
): Promise<{ count: number; bytes: number }> {
  const cache = await openCache();
  const sizes = new Map(pinned.map((file) => [cacheKey(file), file.bytes]));
  let count = 0;
  let bytes = 0;
  for (const request of (await cache?.keys()) ?? []) {
    const known = sizes.get(request.url);
    const kept = known === undefined ? await cache?.match(request) : undefined;
    count += 1;
    bytes += known ?? (await kept?.blob())?.size ?? 0;
  }
  return { count, bytes };
}

/** Drops all model and engine files; the next start fetches what it needs. */
export async function clearModelFiles(): Promise<void> {
  const cache = await openCache();
  for (const request of (await cache?.keys()) ?? []) await cache?.delete(request);
}
