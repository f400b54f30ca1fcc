import type { IDBPTransaction, StoreNames } from 'idb';
import type { Result } from '../core/flow/result.ts';
import type { ItemState, RunCounts, RunStanding } from '../core/run/machine.ts';
import type { PlannedItem } from '../core/run/plan.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { MaskwrightSchema, StoredRun, StoredRunItem } from './schema.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** One item of one run. */
export interface ItemKey {
  readonly run: string;
  readonly index: number;
}

/** A run with the counts of its items. */
export interface FoundRun {
  readonly run: StoredRun;
  readonly standing: RunStanding;
}

/**
 * Writes a plan down before anything of it is made, and forgets the run before it: all or nothing.
 */
export function putPlan(
  database: Database,
  run: StoredRun,
  items: readonly PlannedItem[],
): Stored<void> {
  return database.run((db) =>
    transact(db, ['runs', 'runItems'], async (tx) => {
      const store = tx.objectStore('runItems');
      await tx.objectStore('runs').clear();
      await store.clear();
      await tx.objectStore('runs').put(run);
      // Waited for together: one turn for each of thousands of items would take seconds.
      await Promise.all(items.map(async (item) => store.put({ ...item, run: run.id })));
    }),
  );
}

/** The latest run, if there was one. */
export function findRun(database: Database): Stored<FoundRun | null> {
  return database.run(async (db) => {
    const tx = db.transaction(['runs', 'runItems']);
    const [run] = await tx.objectStore('runs').getAll(null, 1);
    if (!run) return null;
    const states = tx.objectStore('runItems').index('state');
    const count = (state: ItemState) => states.count([run.id, state]);
    const done = await count('done');
    const failed = await count('failed');
    const counts: RunCounts = { done, failed, total: done + failed + (await count('waiting')) };
    return { run, standing: { phase: run.phase, ...counts } };
  });
}

/** Notes where a run is. A run that was forgotten stays forgotten. */
export function putRun(database: Database, run: StoredRun): Stored<void> {
  return database.run((db) =>
    transact(db, ['runs'], async (tx) => {
      if (await tx.objectStore('runs').get(run.id)) await tx.objectStore('runs').put(run);
    }),
  );
}

/** Notes that a run has ended; what it did not make is no longer listed. */
export function endRun(database: Database, run: StoredRun): Stored<void> {
  return database.run((db) =>
    transact(db, ['runs', 'runItems'], async (tx) => {
      if (!(await tx.objectStore('runs').get(run.id))) return;
      await tx.objectStore('runs').put(run);
      await tx.objectStore('runItems').delete(IDBKeyRange.bound([run.id], [run.id, []]));
    }),
  );
}

/** Items that are neither made nor failed, in no order. */
export function waitingItems(database: Database, run: string): Stored<StoredRunItem[]> {
  return database.run((db) => db.getAllFromIndex('runItems', 'state', [run, 'waiting']));
}

/** Takes items out of a plan whose photo or template is gone. */
export function dropItems(
  database: Database,
  run: string,
  indices: readonly number[],
): Stored<void> {
  return database.run((db) =>
    transact(db, ['runItems'], async (tx) => {
      for (const index of indices) await tx.objectStore('runItems').delete([run, index]);
    }),
  );
}

type Settling<Stores extends StoreNames<MaskwrightSchema>[]> = 'runItems' extends Stores[number]
  ? IDBPTransaction<MaskwrightSchema, Stores, 'readwrite'>
  : never;

/**
 * Notes in the caller's transaction that an item is made or has failed. An item of a run that was
 * cancelled meanwhile is no longer listed, and stays so.
 */
export async function settleItem<Stores extends StoreNames<MaskwrightSchema>[]>(
  tx: Settling<Stores>,
  { run, index }: ItemKey,
  state: 'done' | 'failed',
): Promise<void> {
  const store = tx.objectStore('runItems');
  const item = await store.get([run, index]);
  if (item) await store.put({ ...item, state });
}
