import { makeZip } from 'client-zip';

/** One file of an archive. `name` holds its folders, joined by `/`. */
export interface ZipFile {
  readonly name: string;
  /** Text in pieces is written while it is made. */
  readonly bytes: Blob | Uint8Array<ArrayBuffer> | string | AsyncIterable<string>;
}

/**
 * Every entry carries this time: the same files give the same bytes. ZIP stores local time without
 * a zone, so the local fields are what must not vary; noon exists on every day in every zone.
 */
const FIXED_TIME = new Date(1980, 0, 1, 12, 0, 0);

/**
 * Writes an archive while it is read: one entry in memory at a time, files stored as they are
 * (pictures do not deflate), ZIP64 where sizes ask for it. Text is UTF-8.
 * @throws Error inside the stream when a name is empty, absolute or leaves the archive: names are
 * made by us, so that is a bug
 */
export function zipStream(files: AsyncIterable<ZipFile> | Iterable<ZipFile>) {
  return makeZip(entries(files), { buffersAreUTF8: true });
}

async function* entries(files: AsyncIterable<ZipFile> | Iterable<ZipFile>) {
  for await (const { name, bytes } of files) {
    if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new Error(`“${name}” is no name for a file in an archive.`);
    }
    yield { name, input: bytes, lastModified: FIXED_TIME };
  }
}
