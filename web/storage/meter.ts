import type { StoreNames } from 'idb';
import type { Result } from '../core/flow/result.ts';
import type { Connection, Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import type { MaskwrightSchema } from './schema.ts';

/** How many there are of something, and what they take, in bytes. */
export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

/** What the database holds, by what a person would call it. */
export interface DatabaseAmounts {
  /** Files and thumbnails of the photos that are listed. */
  readonly photos: Amount;
  /** The same of photos taken off the list: kept so that it can be undone, until the next start. */
  readonly removedPhotos: Amount;
  /** Pictures, masks and thumbnails; the count is of variants that are made. */
  readonly variants: Amount;
  /** Embeddings and what was made of them. */
  readonly embeddings: Amount;
  /** Templates with imported masks. */
  readonly templates: Amount;
}

/** Rows looked at in one go. */
const BATCH = 400;

/** Calls `look` with every row of a store, a batch at a time, so that memory stays flat. */
async function eachRow<Name extends StoreNames<MaskwrightSchema>>(
  db: Connection,
  store: Name,
  look: (key: MaskwrightSchema[Name]['key'], value: MaskwrightSchema[Name]['value']) => void,
): Promise<void> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const [keys, values] = await Promise.all([
      db.getAllKeys(store, range, BATCH),
      db.getAll(store, range, BATCH),
    ]);
    keys.forEach((key, i) => {
      if (i < values.length) look(key, values[i]);
    });
    if (keys.length < BATCH) return;
    range = IDBKeyRange.lowerBound(keys[keys.length - 1], true);
  }
}

/** About what a row of plain values takes: its text, one byte a character. */
const rowBytes = (row: unknown): number => JSON.stringify(row).length;

/**
 * Weighs what the database holds, by looking at every row: browsers mask what
 * `navigator.storage.estimate()` says.
 */
export function measureDatabase(
  database: Database,
): Promise<Result<DatabaseAmounts, StorageProblem>> {
  return database.run(async (db) => {
    const amounts = {
      photos: { count: 0, bytes: 0 },
      removedPhotos: { count: 0, bytes: 0 },
      variants: { count: 0, bytes: 0 },
      embeddings: { count: 0, bytes: 0 },
      templates: { count: 0, bytes: 0 },
    };
    const listed = new Set(await db.getAllKeys('photos'));
    const ofPhoto = (hash: string) => amounts[listed.has(hash) ? 'photos' : 'removedPhotos'];
    await eachRow(db, 'files', (hash, { size }) => {
      ofPhoto(hash).count += 1;
      ofPhoto(hash).bytes += size;
    });
    await eachRow(db, 'thumbnails', (hash, { size }) => {
      ofPhoto(hash).bytes += size;
    });
    await eachRow(db, 'variants', (_, row) => {
      if (row.status === 'done') amounts.variants.count += 1;
      amounts.variants.bytes += rowBytes(row);
    });
    await eachRow(db, 'outputs', (_, { size }) => {
      amounts.variants.bytes += size;
    });
    // All embeddings are of one size, so one is read and the others are counted.
    const [embedding] = await db.getAll('embeddings', null, 1);
    amounts.embeddings.count = await db.count('embeddings');
    amounts.embeddings.bytes = amounts.embeddings.count * (embedding?.byteLength ?? 0);
    const [descriptor] = await db.getAll('descriptors', null, 1);
    amounts.embeddings.bytes += (await db.count('descriptors')) * (descriptor?.byteLength ?? 0);
    await eachRow(db, 'templates', (_, row) => {
      amounts.templates.count += 1;
      amounts.templates.bytes += rowBytes(row);
    });
    await eachRow(db, 'givenMasks', (_, row) => {
      amounts.templates.bytes += rowBytes(row);
    });
    return amounts;
  });
}

/** Of `StorageManager.estimate()`; browsers may leave out either. */
interface Estimate {
  readonly quota?: number;
  readonly usage?: number;
}

/**
 * Chromium tells every site that it may have what it uses and 10 GiB more, whatever the disk has,
 * so that sites cannot tell devices apart. Seen in Chromium 156 with 74 GB free.
 */
const MASKED_ROOM = 10 * 2 ** 30;

/** How much more this site may keep, in bytes; null when the browser does not really say. */
export function roomLeft({ quota, usage }: Estimate): number | null {
  if (quota === undefined || usage === undefined || quota < usage) return null;
  const room = quota - usage;
  return room === MASKED_ROOM ? null : room;
}
