import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { photoOf } from '../core/dataset/testing/photos.ts';
import type { DoneVariant } from '../core/dataset/variant.ts';
import { createDatabase, type Database } from './database.ts';
import { clearEmbeddings, createEmbeddingStore } from './embeddings.ts';
import { measureDatabase, roomLeft } from './meter.ts';
import { delistPhotos, putPhoto } from './photos.ts';
import { deleteVariants, putVariant } from './variants.ts';

let database: Database;
let count = 0;

beforeEach(() => {
  database = createDatabase(`meter-${++count}`);
});

afterEach(async () => {
  await database.close();
});

const variant = (key: string): DoneVariant => ({
  key,
  photo: 'a',
  templateId: 't',
  status: 'done',
  format: 'png',
  imageSha256: '',
  maskSha256: '',
  imageBytes: 100,
  maskBytes: 10,
  maskRle: '',
  components: [],
});

const bytes = (size: number) => new Blob([new Uint8Array(size)]);

async function amounts() {
  const measured = await measureDatabase(database);
  if (!measured.ok) throw new Error(measured.problem.kind);
  return measured.value;
}

test('an empty database weighs nothing', async () => {
  const nothing = { count: 0, bytes: 0 };
  expect(await amounts()).toEqual({
    photos: nothing,
    removedPhotos: nothing,
    variants: nothing,
    embeddings: nothing,
    templates: nothing,
  });
});

test('a removed photo weighs until its files are gone', async () => {
  await putPhoto(database, photoOf('a'), bytes(1000), bytes(50));
  await putPhoto(database, photoOf('b'), bytes(200), bytes(5));
  await delistPhotos(database, ['b']);
  expect(await amounts()).toMatchObject({
    photos: { count: 1, bytes: 1050 },
    removedPhotos: { count: 1, bytes: 205 },
  });
});

test('thousands of rows are weighed in batches, none twice and none left out', async () => {
  const outputs = { image: bytes(100), mask: bytes(10), thumbnail: bytes(1) };
  const keys = Array.from({ length: 450 }, (_, i) => `key ${i}`);
  for (const key of keys) await putVariant(database, variant(key), outputs);
  const rows = keys.reduce((sum, key) => sum + JSON.stringify(variant(key)).length, 0);
  expect((await amounts()).variants).toEqual({ count: 450, bytes: 450 * 111 + rows });
  await deleteVariants(database, keys);
  expect((await amounts()).variants).toEqual({ count: 0, bytes: 0 });
});

test('embeddings are counted, and gone when cleared', async () => {
  const store = createEmbeddingStore(database);
  await store.put({ image: 'a', model: 'm' }, new Uint16Array(64));
  await store.put({ image: 'b', model: 'm' }, new Uint16Array(64));
  expect((await amounts()).embeddings).toEqual({ count: 2, bytes: 256 });
  await clearEmbeddings(database);
  expect((await amounts()).embeddings).toEqual({ count: 0, bytes: 0 });
});

test('room is told only where the browser really says it', () => {
  const gib = 2 ** 30;
  expect(roomLeft({ quota: 60 * gib, usage: 2 * gib })).toBe(58 * gib);
  // Chromium: always 10 GiB more than is used.
  expect(roomLeft({ quota: 10 * gib + 5_000_148, usage: 5_000_148 })).toBeNull();
  expect(roomLeft({ usage: 5 })).toBeNull();
  expect(roomLeft({ quota: 5, usage: 6 })).toBeNull();
});
