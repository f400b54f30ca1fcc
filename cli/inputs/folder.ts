import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../web/core/flow/result.ts';
import { isClutter } from '../../web/files/import.ts';
import { Failure, textOf } from '../problem.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';
import { unread } from './read-problem.ts';
import { isZipFile, zipEntries } from './zip.ts';

/** Everything in a folder and below it, sorted by code units; archives are opened in their place. */
export async function* folderEntries(
  root: string,
  context: InputContext,
  below = '',
): AsyncGenerator<Entry> {
  for (const { name, isFolder } of await namesIn(join(root, below))) {
    const path = below === '' ? name : `${below}/${name}`;
    if (isClutter(path)) continue;
    if (isFolder) yield* folderEntries(root, context, path);
    else yield* fileEntries(join(root, path), path, context);
  }
}

async function namesIn(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.map(async (entry) => ({
      name: entry.name,
      // A link counts as what it points to; one that points nowhere is reported when it is read.
      isFolder: entry.isSymbolicLink()
        ? await stat(join(folder, entry.name)).then(
            (to) => to.isDirectory(),
            () => false,
          )
        : entry.isDirectory(),
    }));
    return (await Promise.all(names)).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new Failure(
      'input',
      `${folder} cannot be listed: ${textOf(error)}.`,
      'Check that it is there and may be read.',
    );
  }
}

/**
 * One file, or the files in it when it is an archive.
 * @param sha256 what the file must have, when somebody said so
 */
export async function* fileEntries(
  file: string,
  path: string,
  context: InputContext,
  sha256: string | null = null,
): AsyncGenerator<Entry> {
  const { fileBytes } = context.limits;
  if (await isZipFile(file)) {
    yield* zipEntries(file, path, fileBytes);
    return;
  }
  yield {
    path,
    contentKey: sha256,
    sha256,
    async read() {
      try {
        const { size } = await stat(file);
        if (size > fileBytes) {
          return fail({ kind: 'too-many-bytes', bytes: size, limit: fileBytes });
        }
        const bytes = await readFile(file);
        return ok(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
      } catch (error) {
        return fail(unread(error));
      }
    },
  };
}
