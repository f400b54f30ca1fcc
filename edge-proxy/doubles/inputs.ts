import { decodeDataUrl, inspect, type PictureInfo } from './inspect.ts';
import type { World } from './types.ts';

/**
 * What a vendor finds behind a picture address. `info` is null for a public address that no route
 * leads to: the doubles never leave the loopback interface.
 */
type InputResult = { ok: true; info: PictureInfo | null } | { ok: false; message: string };

const TIMEOUT_MS = 10_000;

/** Reads a `data:` URL, or fetches an `https:` one as the vendor would: without credentials. */
export async function readInput(world: World, url: string): Promise<InputResult> {
  if (url.startsWith('data:')) {
    const file = decodeDataUrl(url);
    const info = file && inspect(file);
    return info ? { ok: true, info } : { ok: false, message: 'data URL is not a picture' };
  }
  if (!url.startsWith('https://')) return { ok: false, message: 'only https and data URLs' };
  const local = world.route(url);
  if (local === null) return { ok: true, info: null };
  try {
    const response = await fetch(local, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const file = Buffer.from(await response.arrayBuffer());
    const info = response.status === 200 ? inspect(file) : null;
    return info
      ? { ok: true, info }
      : { ok: false, message: `input answered ${response.status} or is not a picture` };
  } catch {
    return { ok: false, message: 'input could not be fetched' };
  }
}
