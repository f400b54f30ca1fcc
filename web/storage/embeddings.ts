import type { IDBPTransaction } from 'idb';
import type { EmbeddingKey, EmbeddingStore } from '../core/segmentation/embedding.ts';
import type { Database } from './database.ts';
import type { MaskwrightSchema } from './schema.ts';

type Transaction = IDBPTransaction<
  MaskwrightSchema,
  ('embeddings' | 'embeddingUse')[],
  'readwrite'
>;

/** How much of the device embeddings may take before the least recently used go: about 1 GB. */
const DEFAULT_BYTES = 1_000_000_000;

/**
 * Keeps embeddings in the database, newest use last. An embedding can always be made again, so
 * when there is no room the oldest are dropped instead of failing.
 *
 * @param maxBytes what all embeddings together may take
 */
export function createEmbeddingStore(
  database: Database,
  now: () => number = Date.now,
  maxBytes = DEFAULT_BYTES,
): EmbeddingStore {
  const nameOf = ({ image, model }: EmbeddingKey) => `${image}:${model}`;

  /** Deletes what is too much, oldest use first, inside the caller's transaction. */
  async function makeRoom(tx: Transaction, bytes: number): Promise<void> {
    const data = tx.objectStore('embeddings');
    let excess = ((await data.count()) + 1) * bytes - maxBytes;
    for await (const cursor of tx.objectStore('embeddingUse').index('usedAt').iterate()) {
      if (excess <= 0) break;
      await data.delete(cursor.primaryKey);
      await cursor.delete();
      excess -= bytes;
    }
  }

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
      const written = await database.run(async (db) => {
        const tx = db.transaction(['embeddings', 'embeddingUse'], 'readwrite');
        await makeRoom(tx, data.byteLength);
        await tx.objectStore('embeddings').put(data, name);
        await tx.objectStore('embeddingUse').put({ usedAt: now() }, name);
        await tx.done;
      });
      if (!written.ok) throw new Error(`Embedding not stored: ${written.problem.kind}`);
    },
  };
}

/** Bytes that embeddings take on this device. */
export async function embeddingBytes(database: Database): Promise<number> {
  const counted = await database.run((db) => db.count('embeddings'));
  return counted.ok ? counted.value * 256 * 64 * 64 * 2 : 0;
}

/** Drops all embeddings: room is made, the next click on a photo costs an encode. */
export async function clearEmbeddings(database: Database): Promise<void> {
  await database.run(async (db) => {
    await db.clear('embeddings');
    await db.clear('embeddingUse');
    await db.clear('descriptors');
  });
}
