import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { Checksum } from './schema.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** Every checksum that is known, by `KEY/ROLE`. A key stands for its bytes, so none can be stale. */
export function listChecksums(database: Database): Stored<Map<string, Checksum>> {
  return database.run(async (db) => {
    const tx = db.transaction('checksums');
    const [keys, sums] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
    return new Map(keys.map((key, i) => [key, sums[i]]));
  });
}

export function putChecksums(
  database: Database,
  sums: ReadonlyMap<string, Checksum>,
): Stored<void> {
  return database.run((db) =>
    transact(
      db,
      ['checksums'],
      async (tx) => {
        const store = tx.objectStore('checksums');
        await Promise.all([...sums].map(([key, sum]) => store.put(sum, key)));
      },
      // What a power cut takes is reckoned again.
      'default',
    ),
  );
}
