import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** A small value by name. Who reads it checks its shape: an older version may have written it. */
export function getSetting(database: Database, name: string): Stored<unknown> {
  return database.run((db) => db.get('settings', name));
}

export function putSetting(database: Database, name: string, value: unknown): Stored<void> {
  return database.run(async (db) => {
    await db.put('settings', value, name);
  });
}
