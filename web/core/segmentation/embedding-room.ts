import { EMBEDDING_LENGTH } from './embedding.ts';

/** What all embeddings together may take on the device, in bytes; the choices of the settings. */
export const EMBEDDING_ROOMS: readonly number[] = [250e6, 500e6, 1e9, 2e9, 4e9, 8e9, 16e9];

export const DEFAULT_EMBEDDING_ROOM = 1e9;

/** The room as it was stored; whatever is no amount is the default. */
export function readEmbeddingRoom(value: unknown): number {
  const isAmount = typeof value === 'number' && Number.isFinite(value) && value > 0;
  return isAmount ? value : DEFAULT_EMBEDDING_ROOM;
}

/** How many photos stay prepared in so many bytes. */
export function photosInRoom(bytes: number): number {
  return Math.floor(bytes / (EMBEDDING_LENGTH * 2));
}
