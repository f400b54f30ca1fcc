import type { EmbeddingKey, EmbeddingStore } from '../core/segmentation/embedding.ts';
import type { Database } from './database.ts';

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

  async function makeRoom(bytes: number): Promise<void> {
    await database.run(async (db) => {
      const tx = db.transaction('embeddings', 'readwrite');
      let excess = ((await tx.store.count()) + 1) * bytes - maxBytes;
      for await (const cursor of tx.store.index('usedAt').iterate()) {
        if (excess <= 0) break;
        await cursor.delete();
        excess -= bytes;
      }
      await tx.done;
    });
  }

  return {
    async has(key) {
      const count = await database.run((db) => db.count('embeddings', nameOf(key)));
      return count.ok && count.value > 0;
    },

    async get(key) {
      const read = await database.run(async (db) => {
        const tx = db.transaction('embeddings', 'readwrite');
        const stored = await tx.store.get(nameOf(key));
        if (stored) await tx.store.put({ ...stored, usedAt: now() }, nameOf(key));
        await tx.done;
        return stored?.data ?? null;
      });
      return read.ok ? read.value : null;
    },

    async put(key, data) {
      await makeRoom(data.byteLength);
      const written = await database.run((db) =>
        db.put('embeddings', { data, usedAt: now() }, nameOf(key)),
      );
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
  await database.run((db) => db.clear('embeddings'));
}
