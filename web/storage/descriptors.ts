import type { Result } from '../core/flow/result.ts';
import type { Descriptor } from '../core/segmentation/likeness.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** Which photo and model a kept row belongs to; `name` is its key. */
export interface EmbeddingName {
  readonly name: string;
  readonly photo: string;
  readonly model: string;
}

/** Photos and models of which there is an embedding, or a descriptor made of an earlier one. */
export function listDescribable(database: Database): Stored<EmbeddingName[]> {
  return database.run(async (db) => {
    const names = new Set([
      ...(await db.getAllKeys('embeddings')),
      ...(await db.getAllKeys('descriptors')),
    ]);
    return [...names].map((name) => {
      const at = name.indexOf(':');
      return { name, photo: name.slice(0, at), model: name.slice(at + 1) };
    });
  });
}

export function getDescriptor(database: Database, name: string): Stored<Descriptor | undefined> {
  return database.run((db) => db.get('descriptors', name));
}

/** An embedding without noting a use: looking at the dataset keeps nothing from being dropped. */
export function readEmbedding(
  database: Database,
  name: string,
): Stored<Uint16Array<ArrayBuffer> | undefined> {
  return database.run((db) => db.get('embeddings', name));
}

export function putDescriptor(
  database: Database,
  name: string,
  descriptor: Descriptor,
): Stored<void> {
  return database.run(async (db) => {
    await db.put('descriptors', descriptor, name);
  });
}
