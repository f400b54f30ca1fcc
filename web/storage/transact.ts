import type { IDBPTransaction, StoreNames } from 'idb';
import type { Connection } from './database.ts';
import type { MaskwrightSchema } from './schema.ts';

type Stores = readonly StoreNames<MaskwrightSchema>[];

/**
 * One transaction over `stores`: everything that `work` does, or nothing of it. A failure inside
 * `work` itself would otherwise leave what was put before it, since a transaction commits when
 * nobody aborts it.
 *
 * @param durability strict: what is acknowledged survives a power cut
 */
export async function transact<Names extends Stores>(
  db: Connection,
  stores: Names,
  work: (tx: IDBPTransaction<MaskwrightSchema, [...Names], 'readwrite'>) => Promise<void>,
  durability: 'strict' | 'default' = 'strict',
): Promise<void> {
  const tx = db.transaction([...stores], 'readwrite', { durability });
  // Looked at below; without this a failed transaction would also be an unhandled rejection.
  tx.done.catch(() => undefined);
  try {
    await work(tx);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It has ended by itself: that is what failed.
    }
    // A full disk aborts the transaction, and its requests then only say that it was aborted.
    throw tx.error ?? error;
  }
  await tx.done;
}
