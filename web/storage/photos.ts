import type { Photo } from '../core/dataset/photo.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';
import { transact } from './transact.ts';

type Stored<Value> = Promise<Result<Value, StorageProblem>>;

/** The photos of the dataset, in their order. */
export function listPhotos(database: Database): Stored<Photo[]> {
  return database.run(async (db) => {
    const photos = await db.getAll('photos');
    return photos.sort((a, b) => a.order - b.order);
  });
}

/** Keeps a photo, its file and its thumbnail: all three or none. */
export function putPhoto(
  database: Database,
  photo: Photo,
  file: Blob,
  thumbnail: Blob,
): Stored<void> {
  return database.run((db) =>
    transact(db, ['photos', 'files', 'thumbnails'], async (tx) => {
      await tx.objectStore('photos').put(photo);
      await tx.objectStore('files').put(file, photo.hash);
      await tx.objectStore('thumbnails').put(thumbnail, photo.hash);
    }),
  );
}

export function getFile(database: Database, hash: string): Stored<Blob | undefined> {
  return database.run((db) => db.get('files', hash));
}

export function getThumbnail(database: Database, hash: string): Stored<Blob | undefined> {
  return database.run((db) => db.get('thumbnails', hash));
}

/** Takes photos off the list. Their files stay until `sweep`, so that it can be undone. */
export function delistPhotos(database: Database, hashes: readonly string[]): Stored<void> {
  return database.run((db) =>
    transact(db, ['photos'], async (tx) => {
      for (const hash of hashes) await tx.objectStore('photos').delete(hash);
    }),
  );
}

/** Puts photos back on the list whose files are still there. */
export function relistPhotos(database: Database, photos: readonly Photo[]): Stored<void> {
  return database.run((db) =>
    transact(db, ['photos'], async (tx) => {
      for (const photo of photos) await tx.objectStore('photos').put(photo);
    }),
  );
}
