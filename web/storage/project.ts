import type { Photo } from '../core/dataset/photo.ts';
import type { DoneVariant } from '../core/dataset/variant.ts';
import type { Result } from '../core/flow/result.ts';
import type { GivenMask } from '../core/transfer/given-mask.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { StoredTemplate } from './schema.ts';
import { transact } from './transact.ts';
import type { OutputRole } from './variants.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** What becomes part of the project at one stroke, once all its files are kept. */
export interface ProjectRows {
  readonly photos: readonly Photo[];
  readonly templates: readonly StoredTemplate[];
  /** By `TEMPLATE ID:PHOTO HASH`. */
  readonly givenMasks: ReadonlyMap<string, GivenMask>;
  readonly variants: readonly DoneVariant[];
  /** Settings by name; what is not named stays. */
  readonly settings: ReadonlyMap<string, unknown>;
}

/** Keeps a file that no list names yet: until one does, the sweep would take it. */
export function keepPhotoFile(
  database: Database,
  hash: string,
  file: Blob,
  thumbnail: Blob,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['files', 'thumbnails'], async (tx) => {
      await tx.objectStore('files').put(file, hash);
      await tx.objectStore('thumbnails').put(thumbnail, hash);
    }),
  );
}

/** The same for the files of a result. */
export function keepOutputs(
  database: Database,
  key: string,
  outputs: Readonly<Record<OutputRole, Blob>>,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['outputs'], async (tx) => {
      for (const [role, blob] of Object.entries(outputs)) {
        await tx.objectStore('outputs').put(blob, `${key}/${role}`);
      }
    }),
  );
}

/**
 * Puts a project in the lists: all of it or nothing. With `replace` everything that was there is
 * taken off them; its files stay until the sweep.
 */
export function putProject(
  database: Database,
  { photos, templates, givenMasks, variants, settings }: ProjectRows,
  mode: 'merge' | 'replace',
): Stored<void> {
  return database.run((db) =>
    transact(db, ['photos', 'templates', 'givenMasks', 'variants', 'settings'], async (tx) => {
      if (mode === 'replace') {
        await tx.objectStore('photos').clear();
        await tx.objectStore('templates').clear();
        await tx.objectStore('givenMasks').clear();
        await tx.objectStore('variants').clear();
      }
      for (const photo of photos) await tx.objectStore('photos').put(photo);
      for (const template of templates) await tx.objectStore('templates').put(template);
      for (const [key, mask] of givenMasks) await tx.objectStore('givenMasks').put(mask, key);
      for (const variant of variants) await tx.objectStore('variants').put(variant);
      for (const [name, value] of settings) await tx.objectStore('settings').put(value, name);
    }),
  );
}
