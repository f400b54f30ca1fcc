import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isClutter } from '../../web/files/import.ts';
import { Failure } from '../problem.ts';
import { formatS3, type S3Address } from '../s3/address.ts';
import { getObject, listObjects, objectSize } from '../s3/objects.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';
import { listedEntries } from './list-file.ts';
import { objectEntry } from './object.ts';
import { zipEntries } from './zip.ts';

const ARCHIVE = /\.zip$/i;
const LIST = /\.(?:txt|lst|list|sha256)$/i;

/** The photos at `s3://bucket/key`: an object, an archive, a list, or everything below a prefix. */
export async function* bucketEntries(
  address: S3Address,
  context: InputContext,
): AsyncGenerator<Entry> {
  const { bucket, key } = address;
  const isPrefix = key === '' || key.endsWith('/');
  if (!isPrefix && (await objectSize(context.s3(), address)) !== null) {
    yield* wholeObject(address, context);
    return;
  }
  const prefix = isPrefix ? key : `${key}/`;
  let found = 0;
  for await (const object of listObjects(context.s3(), { bucket, key: prefix })) {
    const path = object.key.slice(prefix.length);
    if (path === '' || path.endsWith('/') || isClutter(path)) continue;
    found += 1;
    const at = { bucket, key: object.key };
    if (ARCHIVE.test(path)) yield* unpacked(at, path, context);
    else yield objectEntry(at, path, context, null, object);
  }
  if (found === 0) {
    throw new Failure(
      'input',
      `${formatS3({ bucket, key: prefix })} holds no objects.`,
      'Check the prefix; it is case-sensitive.',
    );
  }
}

async function* wholeObject(address: S3Address, context: InputContext): AsyncGenerator<Entry> {
  const name = address.key.split('/').at(-1) ?? address.key;
  if (ARCHIVE.test(name)) {
    yield* unpacked(address, name, context);
  } else if (LIST.test(name)) {
    const text = new TextDecoder().decode((await getObject(context.s3(), address)) ?? undefined);
    yield* listedEntries(text, '.', context);
  } else {
    yield objectEntry(address, name, context);
  }
}

/** An archive is read here and there, so it is brought to this machine first. */
async function* unpacked(
  address: S3Address,
  path: string,
  context: InputContext,
): AsyncGenerator<Entry> {
  const bytes = await getObject(context.s3(), address);
  if (!bytes) return;
  const file = join(tmpdir(), `maskwright-${randomUUID()}.zip`);
  await writeFile(file, bytes);
  process.once('exit', () => rmSync(file, { force: true }));
  yield* zipEntries(file, path, context.limits.fileBytes);
}
