import type { DBSchema, IDBPDatabase } from 'idb';
import type { Photo } from '../core/dataset/photo.ts';
import type { Age } from '../core/dataset/retention.ts';
import type { Template } from '../core/dataset/template.ts';
import type { Variant } from '../core/dataset/variant.ts';
import type { ItemState, RunPhase } from '../core/run/machine.ts';
import type { PlannedItem, RunPlan } from '../core/run/plan.ts';
import type { TakeUps } from '../core/run/take-up.ts';
import type { GivenMask } from '../core/transfer/given-mask.ts';

/** Raise it together with a new step in `upgrade` and a line in SCHEMA.md. */
export const DATABASE_VERSION = 2;
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

/** What a ZIP has to say of a file before its bytes. */
export interface StoredChecksum {
  readonly crc: number;
  readonly bytes: number;
  /** Of the bytes that were read: a result may be made anew under its key, and with other bytes. */
  readonly sha256: string;
}

/** A run: what it makes and how, and where it is. The items it makes are in `runItems`. */
export interface StoredRun extends RunPlan {
  readonly id: string;
  readonly phase: RunPhase;
  readonly takeUps: TakeUps;
}

export interface StoredRunItem extends PlannedItem {
  readonly run: string;
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
  /** Imported masks, by `TEMPLATE ID:PHOTO HASH`. */
  givenMasks: { key: string; value: GivenMask };
  /** CRC-32 of outputs that an archive has read once, by `KEY/ROLE`. */
  checksums: { key: string; value: StoredChecksum };
  /** The latest run only: planning one takes the one before it away. */
  runs: { key: string; value: StoredRun };
  runItems: {
    key: [run: string, index: number];
    value: StoredRunItem;
    indexes: { state: [run: string, state: ItemState] };
  };
  /** What tells near-duplicates, by `PHOTO HASH:MODEL HASH`; made from an embedding. */
  descriptors: { key: string; value: Int8Array<ArrayBuffer> };
  /** By `photo:HASH` and `variant:KEY`: apart from their rows, whose bytes are exported. */
  ages: { key: string; value: Age };
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
  if (oldVersion < 2) {
    db.createObjectStore('runs', { keyPath: 'id' });
    const items = db.createObjectStore('runItems', { keyPath: ['run', 'index'] });
    items.createIndex('state', ['run', 'state']);
    db.createObjectStore('givenMasks');
    db.createObjectStore('checksums');
    db.createObjectStore('descriptors');
    db.createObjectStore('ages');
  }
}
