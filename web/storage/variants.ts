import type { DoneVariant, FailedVariant, Variant } from '../core/dataset/variant.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

export type OutputRole = 'image' | 'mask' | 'thumbnail';

const ROLES: readonly OutputRole[] = ['image', 'mask', 'thumbnail'];

export function listVariants(database: Database): Stored<Variant[]> {
  return database.run((db) => db.getAll('variants'));
}

/** Keeps a finished variant with its bytes: all of it or none, so `done` is never a lie. */
export function putVariant(
  database: Database,
  variant: DoneVariant,
  outputs: Readonly<Record<OutputRole, Blob>>,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['variants', 'outputs'], async (tx) => {
      for (const role of ROLES) {
        await tx.objectStore('outputs').put(outputs[role], `${variant.key}/${role}`);
      }
      await tx.objectStore('variants').put(variant);
    }),
  );
}

/** Remembers that a photo could not be done, and why. */
export function putFailure(database: Database, variant: FailedVariant): Stored<void> {
  return database.run(async (db) => {
    await db.put('variants', variant);
  });
}

export function getOutput(
  database: Database,
  key: string,
  role: OutputRole,
): Stored<Blob | undefined> {
  return database.run((db) => db.get('outputs', `${key}/${role}`));
}

/** Deletes results and their bytes for good. */
export function deleteVariants(database: Database, keys: readonly string[]): Stored<void> {
  return database.run((db) =>
    transact(db, ['variants', 'outputs'], async (tx) => {
      for (const key of keys) {
        await tx.objectStore('variants').delete(key);
        for (const role of ROLES) await tx.objectStore('outputs').delete(`${key}/${role}`);
      }
    }),
  );
}
