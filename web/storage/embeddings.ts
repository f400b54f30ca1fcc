import type { Result } from '../core/flow/result.ts';
import type { EmbeddingKey, EmbeddingStore } from '../core/segmentation/embedding.ts';
import { readEmbeddingRoom } from '../core/segmentation/embedding-room.ts';
import type { Database } from './database.ts';
import { dropOldest } from './embedding-room.ts';
import type { StorageProblem } from './problem.ts';
import { transact } from './transact.ts';

/** Setting: bytes that all embeddings together may take. */
export const EMBEDDING_ROOM = 'embedding room';

/**
 * Keeps embeddings in the database, newest use last. An embedding can always be made again, so
 * when there is no room the oldest are dropped instead of failing.
 */
export function createEmbeddingStore(
  database: Database,
  now: () => number = Date.now,
): EmbeddingStore {
  const nameOf = ({ image, model }: EmbeddingKey) => `${image}:${model}`;

  return {
    async has(key) {
      const count = await database.run((db) => db.count('embeddings', nameOf(key)));
      return count.ok && count.value > 0;
    },

    async get(key) {
      const name = nameOf(key);
      const read = await database.run((db) => db.get('embeddings', name));
      if (!read.ok || !read.value) return null;
      // Not waited for: the user waits for the mask, not for our bookkeeping.
      void database.run((db) => db.put('embeddingUse', { usedAt: now() }, name));
      return read.value;
    },

    async put(key, data) {
      const name = nameOf(key);
      const written = await database.run((db) =>
        transact(
          db,
          ['embeddings', 'embeddingUse', 'settings'],
          async (tx) => {
            const room = readEmbeddingRoom(await tx.objectStore('settings').get(EMBEDDING_ROOM));
            const kept = await tx.objectStore('embeddings').count();
            await dropOldest(tx, kept + 1 - Math.floor(room / data.byteLength));
            await tx.objectStore('embeddings').put(data, name);
            await tx.objectStore('embeddingUse').put({ usedAt: now() }, name);
          },
          'default',
        ),
      );
      if (!written.ok) throw new Error(`Embedding not stored: ${written.problem.kind}`);
    },
  };
}

/** Drops the least recently used embeddings beyond `bytes`; all of them have one size. */
export function trimEmbeddings(
  database: Database,
  bytes: number,
): Promise<Result<void, StorageProblem>> {
  return database.run((db) =>
    transact(db, ['embeddings', 'embeddingUse'], async (tx) => {
      const [first] = await tx.objectStore('embeddings').getAll(null, 1);
      if (!first) return;
      const kept = await tx.objectStore('embeddings').count();
      await dropOldest(tx, kept - Math.floor(bytes / first.byteLength));
    }),
  );
}

/**
 * Drops all embeddings and what was made of them: room is made, the next click on a photo costs
 * an encode.
 */
export function clearEmbeddings(database: Database): Promise<Result<void, StorageProblem>> {
  return database.run((db) =>
    transact(db, ['embeddings', 'embeddingUse', 'descriptors'], async (tx) => {
      await tx.objectStore('embeddings').clear();
      await tx.objectStore('embeddingUse').clear();
      await tx.objectStore('descriptors').clear();
    }),
  );
}
