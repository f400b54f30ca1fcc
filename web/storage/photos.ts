import type { Photo } from '../core/dataset/photo.ts';
import type { Result } from '../core/flow/result.ts';
import type { Database } from './database.ts';
import type { StorageProblem } from './problem.ts';

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
  return database.run(async (db) => {
    const tx = db.transaction(['photos', 'files', 'thumbnails'], 'readwrite', {
      durability: 'strict',
    });
    await Promise.all([
      tx.objectStore('photos').put(photo),
      tx.objectStore('files').put(file, photo.hash),
      tx.objectStore('thumbnails').put(thumbnail, photo.hash),
      tx.done,
    ]);
  });
}

export function getFile(database: Database, hash: string): Stored<Blob | undefined> {
  return database.run((db) => db.get('files', hash));
}

export function getThumbnail(database: Database, hash: string): Stored<Blob | undefined> {
  return database.run((db) => db.get('thumbnails', hash));
}

/** Takes photos off the list. Their files stay until `sweep`, so that it can be undone. */
export function delistPhotos(database: Database, hashes: readonly string[]): Stored<void> {
  return database.run(async (db) => {
    const tx = db.transaction('photos', 'readwrite');
    await Promise.all([...hashes.map((hash) => tx.store.delete(hash)), tx.done]);
  });
}

/** Puts photos back on the list whose files are still there. */
export function relistPhotos(database: Database, photos: readonly Photo[]): Stored<void> {
  return database.run(async (db) => {
    const tx = db.transaction('photos', 'readwrite');
    await Promise.all([...photos.map((photo) => tx.store.put(photo)), tx.done]);
  });
}
