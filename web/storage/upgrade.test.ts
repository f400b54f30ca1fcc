import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import { createEmbeddingStore } from './embeddings.ts';
import { getFile, listPhotos } from './photos.ts';
import { findRun } from './runs.ts';
import { DATABASE_VERSION } from './schema.ts';
import { getSetting } from './settings.ts';
import { listTemplates } from './templates.ts';
import { getOutput, listVariants } from './variants.ts';

/** Version 1 as it was released, and what a user had in it. Never to be brought up to date. */
async function leaveVersion1(name: string) {
  const db = await openDB(name, 1, {
    upgrade(old) {
      old.createObjectStore('photos', { keyPath: 'hash' });
      old.createObjectStore('files');
      old.createObjectStore('thumbnails');
      old.createObjectStore('templates', { keyPath: 'id' });
      const variants = old.createObjectStore('variants', { keyPath: 'key' });
      variants.createIndex('photo', 'photo');
      variants.createIndex('templateId', 'templateId');
      old.createObjectStore('outputs');
      old.createObjectStore('embeddings');
      old.createObjectStore('embeddingUse').createIndex('usedAt', 'usedAt');
      old.createObjectStore('settings');
    },
  });
  const photo = {
    hash: 'a',
    name: 'a.jpg',
    folder: '',
    format: 'jpeg',
    width: 4,
    height: 3,
    bytes: 1,
    grayscale: false,
    warnings: [],
    order: 0,
  };
  const template = {
    id: 't',
    name: 'square',
    className: 'thing',
    placement: 'whole-image',
    reference: 'a',
    components: [{ name: 'object', prompts: { points: [], box: null }, edits: { hue: 40 } }],
    order: 0,
  };
  const done = {
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
  await db.put('photos', photo);
  await db.put('files', new Blob(['file']), 'a');
  await db.put('thumbnails', new Blob(['small']), 'a');
  await db.put('templates', template);
  await db.put('variants', done);
  await db.put('outputs', new Blob(['image']), 'k/image');
  await db.put('embeddings', new Uint16Array([1, 2]), 'a:m');
  await db.put('embeddingUse', { usedAt: 5 }, 'a:m');
  await db.put('settings', { images: 7 }, 'limits');
  db.close();
  return { photo, template, done };
}

test('everything of version 1 is there after the upgrade, and there is no run yet', async () => {
  const { photo, template, done } = await leaveVersion1('version-1');
  const database = createDatabase('version-1');
  expect(await listPhotos(database)).toEqual({ ok: true, value: [photo] });
  expect(await listTemplates(database)).toEqual({ ok: true, value: [template] });
  expect(await listVariants(database)).toEqual({ ok: true, value: [done] });
  expect(await getSetting(database, 'limits')).toEqual({ ok: true, value: { images: 7 } });
  expect(await getFile(database, 'a')).toMatchObject({ ok: true, value: expect.any(Blob) });
  expect(await getOutput(database, 'k', 'image')).toMatchObject({ value: expect.any(Blob) });
  const embedding = await createEmbeddingStore(database).get({ image: 'a', model: 'm' });
  expect(embedding).toEqual(new Uint16Array([1, 2]));
  expect(await findRun(database)).toEqual({ ok: true, value: null });
  await database.close();
});

test('an upgraded database has the same stores and indexes as a new one', async () => {
  await leaveVersion1('upgraded');
  const shapes = await Promise.all(
    ['upgraded', 'new'].map(async (name) => {
      const database = createDatabase(name);
      const shape = await database.run(async (db) =>
        [...db.objectStoreNames].map((store) => {
          const { keyPath, indexNames } = db.transaction(store).store;
          return { store, keyPath, indexes: [...indexNames] };
        }),
      );
      await database.close();
      return shape;
    }),
  );
  expect(shapes[0]).toMatchObject({ ok: true });
  expect(shapes[0]).toEqual(shapes[1]);
  expect((await openDB('upgraded')).version).toBe(DATABASE_VERSION);
});
