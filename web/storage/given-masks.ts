import type { Result } from '../core/flow/result.ts';
import type { GivenMask } from '../core/transfer/given-mask.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { StoredTemplate } from './schema.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** A template with the masks that its `given` speaks of, by photo hash. */
export interface GivenTemplate {
  readonly template: StoredTemplate;
  readonly masks: ReadonlyMap<string, GivenMask>;
}

export function getGivenMask(
  database: Database,
  templateId: string,
  photo: string,
): Stored<GivenMask | undefined> {
  return database.run((db) => db.get('givenMasks', `${templateId}:${photo}`));
}

/** All masks of a template, in the order of their photos' hashes. */
export function listGivenMasks(
  database: Database,
  templateId: string,
): Stored<{ readonly photo: string; readonly mask: GivenMask }[]> {
  return database.run(async (db) => {
    const range = IDBKeyRange.bound(`${templateId}:`, `${templateId};`, false, true);
    const [keys, masks] = await Promise.all([
      db.getAllKeys('givenMasks', range),
      db.getAll('givenMasks', range),
    ]);
    return keys.map((key, i) => ({ photo: key.slice(templateId.length + 1), mask: masks[i] }));
  });
}

/** Keeps templates with their masks: all of them or none. Masks of a deleted template go with the sweep. */
export function putGivenTemplates(
  database: Database,
  templates: readonly GivenTemplate[],
): Stored<void> {
  return database.run((db) =>
    transact(db, ['templates', 'givenMasks'], async (tx) => {
      for (const { template, masks } of templates) {
        for (const [photo, mask] of masks) {
          await tx.objectStore('givenMasks').put(mask, `${template.id}:${photo}`);
        }
        await tx.objectStore('templates').put(template);
      }
    }),
  );
}
