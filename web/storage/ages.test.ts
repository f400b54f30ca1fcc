import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Photo } from '../core/dataset/photo.ts';
import { type AgedItem, putAges, trackAges } from './ages.ts';
import { createDatabase, type Database } from './database.ts';
import { delistPhotos, putPhoto } from './photos.ts';
import { deleteVariants, putFailure } from './variants.ts';

let database: Database;
let count = 0;

beforeEach(async () => {
  database = createDatabase(`ages-${++count}`);
});

afterEach(async () => {
  await database.close();
});

const addPhoto = (hash: string) =>
  putPhoto(database, { hash, order: 0 } as Photo, new Blob(), new Blob());

const addVariant = (key: string) =>
  putFailure(database, {
    key,
    photo: 'a',
    templateId: 't',
    status: 'failed',
    problem: { kind: 'nothing-found' },
  });

async function ages(now: number): Promise<AgedItem[]> {
  const tracked = await trackAges(database, now);
  if (!tracked.ok) throw new Error(tracked.problem.kind);
  return tracked.value;
}

test('things are stamped when they are first seen, and keep their stamp', async () => {
  await addPhoto('a');
  expect(await ages(100)).toEqual([{ kind: 'photo', id: 'a', keptSince: 100, remindedAt: null }]);
  await addVariant('k');
  expect(await ages(200)).toEqual([
    { kind: 'photo', id: 'a', keptSince: 100, remindedAt: null },
    { kind: 'variant', id: 'k', keptSince: 200, remindedAt: null },
  ]);
});

test('what is written back is read again', async () => {
  await addVariant('k');
  const [item] = await ages(1);
  await putAges(database, [{ ...item, keptSince: 7, remindedAt: 8 }]);
  expect(await ages(9)).toEqual([{ kind: 'variant', id: 'k', keptSince: 7, remindedAt: 8 }]);
});

test('what is gone is forgotten: made again, it is new', async () => {
  await addPhoto('a');
  await addVariant('k');
  await ages(1);
  await delistPhotos(database, ['a']);
  await deleteVariants(database, ['k']);
  expect(await ages(2)).toEqual([]);
  await addPhoto('a');
  await addVariant('k');
  expect((await ages(3)).map(({ keptSince }) => keptSince)).toEqual([3, 3]);
});
