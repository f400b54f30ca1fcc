import type { Age } from '../core/dataset/retention.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** What an age is of. Made and failed variants alike. */
export type AgedKind = 'photo' | 'variant';

export interface AgedItem extends Age {
  readonly kind: AgedKind;
  /** Hash of the photo, or key of the variant. */
  readonly id: string;
}

const nameOf = ({ kind, id }: Pick<AgedItem, 'kind' | 'id'>) => `${kind}:${id}`;

/**
 * Every photo and variant with its age. What is seen for the first time is stamped with `now`,
 * and ages of what is gone are forgotten: whoever writes a row need not know of retention.
 */
export function trackAges(database: Database, now: number): Stored<AgedItem[]> {
  return database.run(async (db) => {
    const items: AgedItem[] = [];
    await transact(db, ['photos', 'variants', 'ages'], async (tx) => {
      const store = tx.objectStore('ages');
      const names = await store.getAllKeys();
      const ages = await store.getAll();
      const known = new Map(names.map((name, i) => [name, ages[i]]));
      const found = [
        ...(await tx.objectStore('photos').getAllKeys()).map(
          (id) => ({ kind: 'photo', id }) as const,
        ),
        ...(await tx.objectStore('variants').getAllKeys()).map(
          (id) => ({ kind: 'variant', id }) as const,
        ),
      ];
      const writes: Promise<unknown>[] = [];
      for (const one of found) {
        const name = nameOf(one);
        const age = known.get(name) ?? { keptSince: now, remindedAt: null };
        if (!known.delete(name)) writes.push(store.put(age, name));
        items.push({ ...one, ...age });
      }
      for (const name of known.keys()) writes.push(store.delete(name));
      await Promise.all(writes);
    });
    return items;
  });
}

/** Writes ages back, all or none. */
export function putAges(database: Database, items: readonly AgedItem[]): Stored<void> {
  return database.run((db) =>
    transact(db, ['ages'], async (tx) => {
      const store = tx.objectStore('ages');
      await Promise.all(
        items.map((item) => {
          const { keptSince, remindedAt } = item;
          return store.put({ keptSince, remindedAt }, nameOf(item));
        }),
      );
    }),
  );
}
