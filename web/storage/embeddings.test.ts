import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import {
  clearEmbeddings,
  createEmbeddingStore,
  EMBEDDING_ROOM,
  trimEmbeddings,
} from './embeddings.ts';
import { getSetting, putSetting } from './settings.ts';

let database: Database;
let clock = 0;

beforeEach(() => {
  database = createDatabase(`embeddings-${++clock}`);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
});

const store = () => createEmbeddingStore(database, () => ++clock);
const key = (image: string) => ({ image, model: 'm' });

/** Keeps four numbers, 8 bytes, for each name. */
async function keep(images: string): Promise<void> {
  for (const image of images) await store().put(key(image), new Uint16Array(4));
}

async function kept(): Promise<string> {
  const there = await Promise.all([...'abcdef'].map((image) => store().has(key(image))));
  return [...'abcdef'].filter((_, i) => there[i]).join('');
}

test('the least recently used goes when there is no room', async () => {
  await putSetting(database, EMBEDDING_ROOM, 3 * 8);
  await keep('abc');
  await store().get(key('a'));
  await keep('d');
  expect(await kept()).toBe('acd');
});

test('less room takes effect at once, and clearing leaves none', async () => {
  await keep('abcd');
  expect(await trimEmbeddings(database, 2 * 8 + 7)).toMatchObject({ ok: true });
  expect(await kept()).toBe('cd');
  expect(await clearEmbeddings(database)).toMatchObject({ ok: true });
  expect(await kept()).toBe('');
});

/** Lets so many attempts to keep a setting find the device full. */
function refuse(attempts: number): void {
  const { put } = IDBObjectStore.prototype;
  let left = attempts;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name !== 'settings' || left === 0) return put.apply(this, args);
    left--;
    throw new DOMException('full', 'QuotaExceededError');
  });
}

test.each([
  [0, 'abcd'],
  [1, 'cd'],
  [2, 'd'],
  [3, ''],
])('on a device that is full %i times embeddings give way, oldest first', async (times, left) => {
  await keep('abcd');
  refuse(times);
  expect(await putSetting(database, 'name', 'value')).toMatchObject({ ok: true });
  expect(await getSetting(database, 'name')).toEqual({ ok: true, value: 'value' });
  expect(await kept()).toBe(left);
});

test('with no embedding left to give up the device is full', async () => {
  await keep('abcd');
  refuse(4);
  expect(await putSetting(database, 'name', 'value')).toEqual({
    ok: false,
    problem: { kind: 'storage-full' },
  });
});
