import { expect, test } from 'vitest';
import { createDatabase } from '../storage/database.ts';
import { getFile } from '../storage/photos.ts';
import { sweepWhenAlone } from './sweep-when-alone.ts';

test('what a tab removed is swept at the next start, but not while that tab is open', async () => {
  const database = createDatabase(crypto.randomUUID());
  const keepUnlisted = (hash: string) =>
    database.run((db) => db.put('files', new Blob(['x']), hash));
  const isThere = async (hash: string) => {
    const file = await getFile(database, hash);
    return file.ok && file.value !== undefined;
  };
  await keepUnlisted('before');
  await sweepWhenAlone(database);
  expect(await isThere('before')).toBe(false);

  await keepUnlisted('may be undone');
  await sweepWhenAlone(database);
  expect(await isThere('may be undone')).toBe(true);
  await database.close();
});
