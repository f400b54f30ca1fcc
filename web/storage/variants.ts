import type { DoneVariant, FailedVariant, Variant } from '../core/dataset/variant.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';

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
  return database.run(async (db) => {
    const tx = db.transaction(['variants', 'outputs'], 'readwrite', { durability: 'strict' });
    const store = tx.objectStore('outputs');
    await Promise.all([
      ...ROLES.map((role) => store.put(outputs[role], `${variant.key}/${role}`)),
      tx.objectStore('variants').put(variant),
      tx.done,
    ]);
  });
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
  return database.run(async (db) => {
    const tx = db.transaction(['variants', 'outputs'], 'readwrite');
    const outputs = tx.objectStore('outputs');
    await Promise.all([
      ...keys.map((key) => tx.objectStore('variants').delete(key)),
      ...keys.flatMap((key) => ROLES.map((role) => outputs.delete(`${key}/${role}`))),
      tx.done,
    ]);
  });
}
