import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Photo } from '../core/dataset/photo.ts';
import { photoOf } from '../core/dataset/testing/photos.ts';
import type { DoneVariant } from '../core/dataset/variant.ts';
import { createDatabase, type Database } from './database.ts';
import { createEmbeddingStore } from './embeddings.ts';
import {
  delistPhotos,
  getFile,
  getThumbnail,
  listPhotos,
  putPhoto,
  relistPhotos,
} from './photos.ts';
import { getSetting, putSetting } from './settings.ts';
import { sweep } from './sweep.ts';
import { deleteTemplate, listTemplates, putTemplate } from './templates.ts';
import { deleteVariants, getOutput, listVariants, putFailure, putVariant } from './variants.ts';

let database: Database;
let count = 0;

beforeEach(() => {
  database = createDatabase(`test-${++count}`);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
});

const photo = (hash: string, order: number): Photo => photoOf(hash, { order });

const variant: DoneVariant = {
  key: 'k',
  photo: 'a',
  templateId: 't',
  status: 'done',
  format: 'png',
  imageSha256: 'i',
  maskSha256: 'm',
  imageBytes: 1,
  maskBytes: 1,
  maskRle: '',
  components: [],
};

const outputs = { image: new Blob(['i']), mask: new Blob(['m']), thumbnail: new Blob(['t']) };

async function read<Value>(answer: Promise<{ ok: boolean }>): Promise<Value> {
  const result = (await answer) as { ok: true; value: Value } | { ok: false };
  if (!result.ok) throw new Error('not ok');
  return result.value;
}

/** Makes every later write to `store` fail as a full disk does. */
function fillDisk(store: string): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === store) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, args);
  });
}

test('photos come back in their order, with file and thumbnail', async () => {
  await putPhoto(database, photo('b', 2), new Blob(['B']), new Blob(['b']));
  await putPhoto(database, photo('a', 7), new Blob(['A']), new Blob(['a']));
  const list = await read<Photo[]>(listPhotos(database));
  expect(list.map(({ hash }) => hash)).toEqual(['b', 'a']);
  expect(await read(getFile(database, 'a'))).toBeDefined();
  expect(await read(getThumbnail(database, 'b'))).toBeDefined();
  expect(await read(getFile(database, 'none'))).toBeUndefined();
});

test('a full disk keeps nothing of the new photo and everything of the old ones', async () => {
  await putPhoto(database, photo('a', 0), new Blob(['A']), new Blob(['a']));
  fillDisk('thumbnails');
  const refused = await putPhoto(database, photo('b', 1), new Blob(['B']), new Blob(['b']));
  expect(refused).toEqual({ ok: false, problem: { kind: 'storage-full' } });
  const list = await read<Photo[]>(listPhotos(database));
  expect(list.map(({ hash }) => hash)).toEqual(['a']);
  expect(await read(getFile(database, 'b'))).toBeUndefined();
});

test('a full disk never leaves a variant that says done without its bytes', async () => {
  fillDisk('outputs');
  expect(await putVariant(database, variant, outputs)).toEqual({
    ok: false,
    problem: { kind: 'storage-full' },
  });
  expect(await read(listVariants(database))).toEqual([]);
});

test('a removed photo can come back until the next sweep', async () => {
  const one = photo('a', 0);
  await putPhoto(database, one, new Blob(['A']), new Blob(['a']));
  await delistPhotos(database, ['a']);
  expect(await read(listPhotos(database))).toEqual([]);
  await relistPhotos(database, [one]);
  expect(await read(listPhotos(database))).toEqual([one]);
  await delistPhotos(database, ['a']);
  await sweep(database);
  expect(await read(getFile(database, 'a'))).toBeUndefined();
});

test('a sweep removes what nothing refers to, and only that', async () => {
  await putPhoto(database, photo('a', 0), new Blob(['A']), new Blob(['a']));
  const template = {
    id: 't',
    name: 'n',
    className: 'c',
    placement: 'whole-image' as const,
    reference: 'a',
    components: [],
    order: 0,
  };
  await putTemplate(database, template);
  await putVariant(database, variant, outputs);
  await putVariant(database, { ...variant, key: 'orphan', photo: 'gone' }, outputs);
  await putVariant(database, { ...variant, key: 'stale', templateId: 'gone' }, outputs);
  const store = createEmbeddingStore(database);
  await store.put({ image: 'a', model: 'm' }, new Uint16Array([1]));
  await store.put({ image: 'gone', model: 'm' }, new Uint16Array([1]));

  await sweep(database);

  const kept = await read<DoneVariant[]>(listVariants(database));
  expect(kept.map(({ key }) => key)).toEqual(['k']);
  expect(await read(getOutput(database, 'k', 'image'))).toBeDefined();
  expect(await read(getOutput(database, 'orphan', 'image'))).toBeUndefined();
  expect(await store.has({ image: 'a', model: 'm' })).toBe(true);
  expect(await store.has({ image: 'gone', model: 'm' })).toBe(false);
});

test('templates keep their order and can be deleted', async () => {
  const base = {
    className: 'c',
    placement: 'whole-image' as const,
    reference: 'a',
    components: [],
  };
  await putTemplate(database, { ...base, id: '2', name: 'second', order: 1 });
  await putTemplate(database, { ...base, id: '1', name: 'first', order: 0 });
  const names = async () =>
    (await read<{ name: string }[]>(listTemplates(database))).map(({ name }) => name);
  expect(await names()).toEqual(['first', 'second']);
  await deleteTemplate(database, '1');
  expect(await names()).toEqual(['second']);
});

test('results and their bytes are deleted together', async () => {
  await putVariant(database, variant, outputs);
  await putFailure(database, {
    key: 'f',
    photo: 'a',
    templateId: 't',
    status: 'failed',
    problem: { kind: 'nothing-found' },
  });
  await deleteVariants(database, ['k', 'f']);
  expect(await read(listVariants(database))).toEqual([]);
  expect(await read(getOutput(database, 'k', 'mask'))).toBeUndefined();
});

test('settings come back as they were', async () => {
  await putSetting(database, 'limits', { images: 7 });
  expect(await read(getSetting(database, 'limits'))).toEqual({ images: 7 });
  expect(await read(getSetting(database, 'nothing'))).toBeUndefined();
});

test('a dropped connection is opened again without the caller noticing', async () => {
  await putSetting(database, 'a', 1);
  await database.run(async (db) => db.close());
  expect(await read(getSetting(database, 'a'))).toBe(1);
});

test('without IndexedDB every call says so', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const answer = await listPhotos(createDatabase('none'));
  vi.unstubAllGlobals();
  expect(answer).toMatchObject({ ok: false, problem: { kind: 'storage-unavailable' } });
});
