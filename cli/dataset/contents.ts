import { createHash } from 'node:crypto';
import type { PlannedFile } from '../../web/core/export/planned-file.ts';
import type { Bytes } from '../../web/files/bytes.ts';
import { createNodeCodecs } from '../../web/files/node.ts';
import type { ZipFile } from '../../web/files/zip-write.ts';
import { makeFile } from '../../web/workers/archive/make-file.ts';
import { Failure } from '../problem.ts';
import type { Dataset, KeptObject } from './collect.ts';

/**
 * The bytes of an object, checked against its name.
 * @throws Failure when it is gone or no longer what was made
 */
async function readKept({ store, name, sha256 }: KeptObject): Promise<Bytes> {
  const bytes = await store.get(name);
  if (bytes && createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  if (bytes) await store.remove(name);
  throw new Failure(
    'input',
    `${store.where}/${name} is ${bytes ? 'not what was written there' : 'gone'}.`,
    'Run that shard again with --resume, which makes it anew; then merge again.',
  );
}

/** Gives the content of planned files, each when it is its turn. */
export function createContents(dataset: Dataset): (file: PlannedFile) => Promise<ZipFile['bytes']> {
  const codecs = createNodeCodecs();
  return async (file) => {
    if ('text' in file) return file.text;
    if ('key' in file) return readKept(dataset.find(file.key, file.role));
    const readImage = async (key: string) => new Blob([await readKept(dataset.find(key, 'image'))]);
    return makeFile(file.make, { readImage, codecs });
  };
}

/** A file's content as one array; annotations that come in pieces are joined. */
export async function bytesOf(content: ZipFile['bytes']): Promise<Bytes> {
  if (content instanceof Uint8Array) return content;
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  const encoder = new TextEncoder();
  if (typeof content === 'string') return encoder.encode(content);
  const parts: Uint8Array[] = [];
  for await (const text of content) parts.push(encoder.encode(text));
  return new Uint8Array(Buffer.concat(parts));
}
