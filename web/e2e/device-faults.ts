import type { Page } from '@playwright/test';
import { DATABASE_NAME } from '../storage/schema.ts';

/** Takes the stored file of a photo away, as a browser that lost part of its data would. */
export async function loseStoredFile(page: Page, photo: string): Promise<void> {
  await page.evaluate(
    async ([database, name]) => {
      const answer = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const db = await answer(indexedDB.open(database));
      const tx = db.transaction(['photos', 'files'], 'readwrite');
      const photos: { name: string; hash: string }[] = await answer(
        tx.objectStore('photos').getAll(),
      );
      const lost = photos.find((one) => one.name === name);
      if (!lost) throw new Error(`There is no photo ${name}.`);
      await answer(tx.objectStore('files').delete(lost.hash));
      db.close();
    },
    [DATABASE_NAME, photo] as const,
  );
}

declare global {
  interface Window {
    /** Set by the tests: from now on every write finds the device full. */
    deviceIsFull?: boolean;
  }
}

/** Lets `fillDevice` and `freeDevice` work on this page. Call it before the page is opened. */
export async function makeFillable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...record) {
      if (window.deviceIsFull) throw new DOMException('No space left.', 'QuotaExceededError');
      return put.apply(this, record);
    };
  });
}

export async function fillDevice(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.deviceIsFull = true;
  });
}

export async function freeDevice(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.deviceIsFull = false;
  });
}
