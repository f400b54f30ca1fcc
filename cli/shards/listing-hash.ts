import { createHash } from 'node:crypto';
import type { Entry } from '../inputs/entry.ts';

/**
 * Identifies a listing: workers that saw another one would give photos other numbers.
 * @returns SHA-256 in lower-case hex
 */
export function hashListing(entries: readonly Pick<Entry, 'path' | 'contentKey'>[]): string {
  const hash = createHash('sha256');
  for (const { path, contentKey } of entries) {
    hash.update(`${JSON.stringify([path, contentKey])}\n`);
  }
  return hash.digest('hex');
}
