import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from '../../web/core/segmentation/embedding.ts';
import { temporaryFolder } from '../testing/command.ts';
import { createEmbeddingCache } from './embeddings.ts';

const halves = Uint16Array.from({ length: EMBEDDING_LENGTH }, (_, i) => i % 65_536);

test('an embedding is kept bit for bit, for its photo and its model only', async () => {
  const folder = temporaryFolder();
  const cache = createEmbeddingCache(folder, 'model-a');
  expect(cache.get('photo')).toBe(null);
  await cache.put('photo', halves);
  // Not toEqual: it takes a minute for a million numbers.
  const got = cache.get('photo') ?? new Uint16Array();
  expect(Buffer.compare(new Uint8Array(got.buffer), new Uint8Array(halves.buffer))).toBe(0);
  expect(cache.get('other')).toBe(null);
  expect(createEmbeddingCache(folder, 'model-b').get('photo')).toBe(null);
  const [file] = readdirSync(join(folder, 'model-a/ph'));
  truncateSync(join(folder, 'model-a/ph', file), 100);
  expect(cache.get('photo')).toBe(null);
});

test('a folder that cannot be written costs an encode, no error', async () => {
  const cache = createEmbeddingCache('/dev/null/nowhere', 'model');
  await cache.put('photo', halves);
  expect(cache.get('photo')).toBe(null);
});
