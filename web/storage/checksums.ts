import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { StoredChecksum } from './schema.ts';
import { transact } from './transact.ts';
import { type OutputId, outputKey } from './variants.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** The bytes of a file of a result, and their checksum where an archive has read them before. */
export interface MeasuredOutput {
  readonly blob: Blob;
  readonly checksum: StoredChecksum | undefined;
}

/**
 * Several files of results, in their order; undefined where there is none. Bytes and checksum are
 * of one moment: a result that is made anew loses its checksum together with its bytes.
 */
export function getMeasuredOutputs(
  database: Database,
  ids: readonly OutputId[],
): Stored<(MeasuredOutput | undefined)[]> {
  return database.run((db) => {
    const tx = db.transaction(['outputs', 'checksums']);
    return Promise.all(
      ids.map(async (id) => {
        const key = outputKey(id);
        const [blob, checksum] = await Promise.all([
          tx.objectStore('outputs').get(key),
          tx.objectStore('checksums').get(key),
        ]);
        return blob && { blob, checksum };
      }),
    );
  });
}

/** Keeps checksums by `outputKey`. */
export function putChecksums(
  database: Database,
  sums: ReadonlyMap<string, StoredChecksum>,
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
