import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { StoredTemplate } from './schema.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** The templates, in their order. */
export function listTemplates(database: Database): Stored<StoredTemplate[]> {
  return database.run(async (db) => {
    const templates = await db.getAll('templates');
    return templates.sort((a, b) => a.order - b.order);
  });
}

export function putTemplate(database: Database, template: StoredTemplate): Stored<void> {
  return database.run((db) =>
    transact(db, ['templates'], async (tx) => {
      await tx.objectStore('templates').put(template);
    }),
  );
}

/** Its variants stay until `sweep`, so that it can be undone. */
export function deleteTemplate(database: Database, id: string): Stored<void> {
  return database.run((db) => db.delete('templates', id));
}
