import type { Bytes } from './bytes.ts';
import { type Checksum, checksumsOf } from './checksum.ts';
import { crc32 } from './crc32.ts';
import { localHeader, type ZipRecord, zipDirectory } from './zip-records.ts';

/**
 * Archives of files that are stored as they are (pictures do not deflate), with their sizes before
 * them, ZIP64 where sizes, offsets or numbers ask for it, and a fixed time: the same files give the
 * same bytes, whatever they were handed in as.
 *
 * Why not a library: client-zip, the one whose memory stays flat, reads every byte for its checksum
 * each time, so it can neither refer to a blob nor use what is known of it; and beyond 65,535 small
 * files it writes no ZIP64 record (2.5.1). Repeating an export after one change is a matter of
 * references here. The format's part of it is `zip-records.ts`.
 */

/** One file of an archive. `name` holds its folders, joined by `/`. */
export interface ZipFile {
  readonly name: string;
  /** Text in pieces is asked for while the archive is written. */
  readonly bytes: Blob | Bytes | string | AsyncIterable<string>;
  /** Of `bytes`, when it is known: then a blob need not be read. */
  readonly checksum?: Checksum | undefined;
}

type ZipFiles = AsyncIterable<ZipFile> | Iterable<ZipFile>;

/** Whether a blob that was read is handed on as bytes, or as the blob itself. */
type BlobUse = 'copy' | 'refer';

/**
 * Headers and bytes of the files, one file in memory at a time.
 *
 * @param records receives what the directory has to say of them, offsets from the first header on
 * @throws Error when a name is empty, absolute or leaves the archive: names are made by us, so that
 * is a bug
 */
async function* fileParts(
  files: ZipFiles,
  use: BlobUse,
  records: ZipRecord[],
): AsyncGenerator<Bytes | Blob> {
  const encoder = new TextEncoder();
  let offset = 0;
  for await (const file of files) {
    if (file.name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new Error(`“${file.name}” is no name for a file in an archive.`);
    }
    const { body, crc, bytes } = await measured(file, use);
    const record = { name: encoder.encode(file.name), crc, bytes };
    const header = localHeader(record);
    records.push({ ...record, offset });
    offset += header.length + bytes;
    yield header;
    if (bytes > 0) yield body;
  }
}

async function measured(
  { bytes, checksum }: ZipFile,
  use: BlobUse,
): Promise<Checksum & { readonly body: Bytes | Blob }> {
  if (checksum && bytes instanceof Blob) {
    if (checksum.bytes !== bytes.size) throw new Error('A file has changed since it was measured.');
    return { body: bytes, ...checksum };
  }
  if (typeof bytes === 'object' && Symbol.asyncIterator in bytes) return gathered(bytes);
  if (bytes instanceof Blob && use === 'refer') {
    const [sum] = await checksumsOf([bytes]);
    return { body: bytes, ...sum };
  }
  const body = await contentOf(bytes);
  return { body, crc: crc32(body), bytes: body.length };
}

async function contentOf(bytes: Blob | Bytes | string): Promise<Bytes> {
  if (typeof bytes === 'string') return new TextEncoder().encode(bytes);
  return bytes instanceof Blob ? new Uint8Array(await bytes.arrayBuffer()) : bytes;
}

/** Long texts become blobs bit by bit, which browsers may keep on disk. */
async function gathered(texts: AsyncIterable<string>): Promise<Checksum & { readonly body: Blob }> {
  const encoder = new TextEncoder();
  const parts: Blob[] = [];
  let crc = 0;
  let bytes = 0;
  for await (const text of texts) {
    const part = encoder.encode(text);
    crc = crc32(part, crc);
    bytes += part.length;
    parts.push(new Blob([part]));
  }
  return { body: new Blob(parts), crc, bytes };
}

/** An archive that is written while it is read: one entry in memory at a time. */
export function zipStream(files: ZipFiles): ReadableStream<Bytes> {
  const chunks = zipChunks(files);
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* zipChunks(files: ZipFiles): AsyncGenerator<Bytes> {
  const records: ZipRecord[] = [];
  let offset = 0;
  for await (const part of fileParts(files, 'copy', records)) {
    offset += part instanceof Blob ? part.size : part.length;
    if (part instanceof Blob) yield* streamed(part);
    else yield part;
  }
  yield* zipDirectory(records, offset);
}

async function* streamed(blob: Blob): AsyncGenerator<Bytes> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Bytes;
    }
  } finally {
    reader.releaseLock();
  }
}

/**
 * A run of files as an archive holds it. It refers to the blobs that it is made of: they are not
 * copied, and what has a checksum is not even read. Nothing in it says where in the archive it lies,
 * so that it can be part of another one.
 */
export interface ZipPiece {
  readonly body: Blob;
  /** Offsets from the start of the piece on. */
  readonly records: readonly ZipRecord[];
}

/** Makes a piece; what is made for it is in memory until it is whole. */
export async function zipPiece(files: ZipFiles): Promise<ZipPiece> {
  const records: ZipRecord[] = [];
  const parts: (Bytes | Blob)[] = [];
  for await (const part of fileParts(files, 'refer', records)) parts.push(part);
  return { body: new Blob(parts), records };
}

/** Pieces that follow each other as one, which refers to them. */
export function joinPieces(pieces: readonly ZipPiece[]): ZipPiece {
  if (pieces.length === 1) return pieces[0];
  const records: ZipRecord[] = [];
  let offset = 0;
  for (const piece of pieces) offset = append(records, piece, offset);
  return { body: new Blob(pieces.map(({ body }) => body)), records };
}

/** Adds a piece's records as of a piece that begins at `offset`; says where it ends. */
function append(records: ZipRecord[], piece: ZipPiece, offset: number): number {
  for (const record of piece.records) records.push({ ...record, offset: record.offset + offset });
  return offset + piece.body.size;
}

/** The archive of these pieces: their bodies, then the directory. Same bytes as `zipStream`'s. */
export async function* zipOfPieces(
  pieces: AsyncIterable<ZipPiece> | Iterable<ZipPiece>,
): AsyncGenerator<Blob | Bytes> {
  const records: ZipRecord[] = [];
  let offset = 0;
  for await (const piece of pieces) {
    offset = append(records, piece, offset);
    yield piece.body;
  }
  yield* zipDirectory(records, offset);
}
