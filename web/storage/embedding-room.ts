import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { MaskwrightSchema } from './schema.ts';

type Both = ('embeddings' | 'embeddingUse')[];
type Dropping<Stores extends StoreNames<MaskwrightSchema>[]> = Both[number] extends Stores[number]
  ? IDBPTransaction<MaskwrightSchema, Stores, 'readwrite'>
  : never;

/**
 * Drops the least recently used embeddings in the caller's transaction.
 * @returns how many there were to drop, at most `most`
 */
export async function dropOldest<Stores extends StoreNames<MaskwrightSchema>[]>(
  tx: Dropping<Stores>,
  most: number,
): Promise<number> {
  let dropped = 0;
  for await (const cursor of tx.objectStore('embeddingUse').index('usedAt').iterate()) {
    if (dropped >= most) break;
    await tx.objectStore('embeddings').delete(cursor.primaryKey);
    await cursor.delete();
    dropped += 1;
  }
  return dropped;
}

/**
 * Gives up half of the embeddings, the least recently used: they can be made again, what else is
 * kept cannot. Answers whether there was one to give up.
 */
export async function giveUpEmbeddings(db: IDBPDatabase<MaskwrightSchema>): Promise<boolean> {
  try {
    const tx = db.transaction(['embeddings', 'embeddingUse'], 'readwrite');
    const half = Math.ceil((await tx.objectStore('embeddings').count()) / 2);
    const dropped = await dropOldest(tx, half);
    await tx.done;
    return dropped > 0;
  } catch {
    return false;
  }
}
