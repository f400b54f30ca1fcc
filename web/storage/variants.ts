import type { DoneVariant, FailedVariant, Variant } from '../core/dataset/variant.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import { type ItemKey, settleItem } from './runs.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

export type OutputRole = 'image' | 'mask' | 'thumbnail';

const ROLES: readonly OutputRole[] = ['image', 'mask', 'thumbnail'];

export function listVariants(database: Database): Stored<Variant[]> {
  return database.run((db) => db.getAll('variants'));
}

export function getVariant(database: Database, key: string): Stored<Variant | undefined> {
  return database.run((db) => db.get('variants', key));
}

/** Rows of several variants, in the order of their keys; undefined where there is none. */
export function getVariants(
  database: Database,
  keys: readonly string[],
): Stored<(Variant | undefined)[]> {
  return database.run(async (db) => {
    const store = db.transaction('variants').store;
    return Promise.all(keys.map((key) => store.get(key)));
  });
}

/**
 * Keeps a finished variant: its bytes, then its row, then that its run has it. All of it or none,
 * and flushed before this answers, so `done` is never a lie.
 *
 * @param item the item of the run that made it; absent when no run asked
 */
export function putVariant(
  database: Database,
  variant: DoneVariant,
  outputs: Readonly<Record<OutputRole, Blob>>,
  item?: ItemKey,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['variants', 'outputs', 'checksums', 'runItems'], async (tx) => {
      for (const role of ROLES) {
        await tx.objectStore('outputs').put(outputs[role], `${variant.key}/${role}`);
        await tx.objectStore('checksums').delete(`${variant.key}/${role}`);
      }
      await tx.objectStore('variants').put(variant);
      if (item) await settleItem(tx, item, 'done');
    }),
  );
}

/** Remembers that a photo could not be done, and why. */
export function putFailure(
  database: Database,
  variant: FailedVariant,
  item?: ItemKey,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['variants', 'outputs', 'runItems'], async (tx) => {
      await tx.objectStore('variants').put(variant);
      if (item) await settleItem(tx, item, 'failed');
    }),
  );
}

/** One of the files of a result. */
export interface OutputId {
  /** Of the variant. */
  readonly key: string;
  readonly role: OutputRole;
}

/** What a file of a result goes by in the stores. */
export function outputKey({ key, role }: OutputId): string {
  return `${key}/${role}`;
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
