import { expect, test } from 'vitest';
import {
  DEFAULT_EMBEDDING_ROOM,
  EMBEDDING_ROOMS,
  photosInRoom,
  readEmbeddingRoom,
} from './embedding-room.ts';

test('a stored room is taken as it is, anything else is the default', () => {
  expect(readEmbeddingRoom(4e9)).toBe(4e9);
  for (const wrong of [undefined, null, '1', 0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(readEmbeddingRoom(wrong)).toBe(DEFAULT_EMBEDDING_ROOM);
  }
});

test('the default is one of the choices and holds a dataset of the default size', () => {
  expect(EMBEDDING_ROOMS).toContain(DEFAULT_EMBEDDING_ROOM);
  expect(photosInRoom(DEFAULT_EMBEDDING_ROOM)).toBe(476);
});
