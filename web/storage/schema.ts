import type { DBSchema, IDBPDatabase } from 'idb';
import type { Photo } from '../core/dataset/photo.ts';
import type { Template } from '../core/dataset/template.ts';
import type { Variant } from '../core/dataset/variant.ts';

/** Raise it together with a new step in `upgrade` and a line in SCHEMA.md. */
export const DATABASE_VERSION = 1;
export const DATABASE_NAME = 'maskwright';

/** A template with its place in the list and the masks seen on its reference photo. */
export interface StoredTemplate extends Template {
  readonly order: number;
}

/** Apart from the embedding itself, so that noting a use does not write 2 MB again. */
export interface EmbeddingUse {
  /** Milliseconds since 1970; the least recently used goes first when space is short. */
  readonly usedAt: number;
}

/** Everything that stays on the device. SCHEMA.md shows it as a table. */
export interface MaskwrightSchema extends DBSchema {
  photos: { key: string; value: Photo };
  /** The files as they came in, by photo hash. */
  files: { key: string; value: Blob };
  /** Small JPEGs for lists, by photo hash. */
  thumbnails: { key: string; value: Blob };
  templates: { key: string; value: StoredTemplate };
  variants: { key: string; value: Variant; indexes: { photo: string; templateId: string } };
  /** Bytes of variants: `KEY/image`, `KEY/mask`, `KEY/thumbnail`. */
  outputs: { key: string; value: Blob };
  /** float16 bit patterns, [256, 64, 64], by `PHOTO HASH:MODEL HASH`. */
  embeddings: { key: string; value: Uint16Array<ArrayBuffer> };
  embeddingUse: { key: string; value: EmbeddingUse; indexes: { usedAt: number } };
  settings: { key: string; value: unknown };
}

/** Brings a database of any older version to this one, a step at a time. */
export function upgrade(db: IDBPDatabase<MaskwrightSchema>, oldVersion: number): void {
  if (oldVersion < 1) {
    db.createObjectStore('photos', { keyPath: 'hash' });
    db.createObjectStore('files');
    db.createObjectStore('thumbnails');
    db.createObjectStore('templates', { keyPath: 'id' });
    const variants = db.createObjectStore('variants', { keyPath: 'key' });
    variants.createIndex('photo', 'photo');
    variants.createIndex('templateId', 'templateId');
    db.createObjectStore('outputs');
    db.createObjectStore('embeddings');
    db.createObjectStore('embeddingUse').createIndex('usedAt', 'usedAt');
    db.createObjectStore('settings');
  }
}
