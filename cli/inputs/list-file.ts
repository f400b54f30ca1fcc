import { resolve } from 'node:path';
import { Failure } from '../problem.ts';
import { isS3, parseS3 } from '../s3/address.ts';
import { isWebAddress } from '../web-address.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';
import { fileEntries } from './folder.ts';
import { objectEntry } from './object.ts';
import { urlEntry } from './url.ts';

/** What `sha256sum` prints: the hash, a space, a space or `*`, the name. */
const HASHED = /^([0-9a-f]{64}) [ *](.+)$/;

/**
 * The photos that a text names, one a line, in its order: paths (relative to the list), `s3://`
 * or `https://` addresses, each optionally after its SHA-256 as `sha256sum` writes it. Empty lines
 * and lines that begin with `#` do not count.
 * @param folder that relative paths are relative to
 */
export async function* listedEntries(
  text: string,
  folder: string,
  context: InputContext,
): AsyncGenerator<Entry> {
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, sha256 = null, hashed = null] = HASHED.exec(line) ?? [];
    const place = hashed ?? line.trim();
    if (isS3(place)) {
      yield objectEntry(parseS3(place), place.slice('s3://'.length), context, sha256);
    } else if (isWebAddress(place)) {
      yield urlEntry(place, context, sha256);
    } else {
      yield* fileEntries(resolve(folder, place), relativePath(place), context, sha256);
    }
  }
}

/** A path in a manifest says nothing about the machine it was made on. */
function relativePath(place: string): string {
  const parts = place.replaceAll('\\', '/').split('/');
  const kept = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  if (kept.length === 0) {
    throw new Failure('usage', `“${place}” names no file.`, 'Write one file a line.');
  }
  return kept.join('/');
}
