import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';

/**
 * Deletes what nothing refers to any more: files, thumbnails and embeddings of photos that were
 * taken off the list, variants of photos or templates that are gone, and their bytes. To be
 * called when no earlier removal can be undone any more.
 */
export function sweep(database: Database): Promise<Result<void, StorageProblem>> {
  return database.run(async (db) => {
    const photos = new Set(await db.getAllKeys('photos'));
    const templates = new Set(await db.getAllKeys('templates'));
    const tx = db.transaction(
      [
        'files',
        'thumbnails',
        'embeddings',
        'embeddingUse',
        'variants',
        'outputs',
        'givenMasks',
        'checksums',
        'descriptors',
      ],
      'readwrite',
    );

    for (const name of ['files', 'thumbnails'] as const) {
      const store = tx.objectStore(name);
      for (const key of await store.getAllKeys()) if (!photos.has(key)) await store.delete(key);
    }
    for (const name of ['embeddings', 'embeddingUse', 'descriptors'] as const) {
      const store = tx.objectStore(name);
      for (const key of await store.getAllKeys()) {
        if (!photos.has(key.split(':')[0])) await store.delete(key);
      }
    }

    const kept = new Set<string>();
    const variants = tx.objectStore('variants');
    for await (const cursor of variants) {
      const { key, photo, templateId } = cursor.value;
      if (photos.has(photo) && templates.has(templateId)) kept.add(key);
      else await cursor.delete();
    }
    const outputs = tx.objectStore('outputs');
    for (const key of await outputs.getAllKeys()) {
      if (!kept.has(key.split('/')[0])) await outputs.delete(key);
    }
    const sums = tx.objectStore('checksums');
    for (const key of await sums.getAllKeys()) {
      if (!kept.has(key.split('/')[0])) await sums.delete(key);
    }
    const given = tx.objectStore('givenMasks');
    for (const key of await given.getAllKeys()) {
      const [template, photo] = key.split(':');
      if (!templates.has(template) || !photos.has(photo)) await given.delete(key);
    }
    await tx.done;
  });
}
