import { type Bytes, concat } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { localHeader, type ZipRecord, zipDirectory } from './zip-records.ts';

/** What a ZIP has to say of a file before its bytes. */
export interface Checksum {
  readonly crc: number;
  readonly bytes: number;
}

/** One file of an archive. `name` holds its folders, joined by `/`. */
export interface ZipFile {
  readonly name: string;
  /** Text in pieces is asked for while the archive is written. */
  readonly bytes: Blob | Bytes | string | AsyncIterable<string>;
  /** Of `bytes`, when it is known: then a blob need not be read. */
  readonly checksum?: Checksum | undefined;
  /** Told the checksum that had to be reckoned. */
  readonly onChecksum?: ((checksum: Checksum) => void) | undefined;
}

/** Whether a blob that was read is handed on as bytes, or as the blob itself. */
type BlobUse = 'copy' | 'refer';

type ZipFiles = AsyncIterable<ZipFile> | Iterable<ZipFile>;

/** Pieces of the directory are gathered to about this many bytes. */
const GATHER = 262_144;

/**
 * The parts of an archive in their order. Files are stored as they are (pictures do not deflate)
 * with their sizes before them, ZIP64 where sizes, offsets or numbers ask for it, and a fixed time:
 * the same files give the same bytes, whatever they were handed in as.
 * @throws Error when a name is empty, absolute or leaves the archive: names are made by us, so that
 * is a bug
 */
async function* zipParts(files: ZipFiles, use: BlobUse): AsyncGenerator<Bytes | Blob> {
  const records: ZipRecord[] = [];
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
  let gathered: Bytes[] = [];
  let size = 0;
  for (const part of zipDirectory(records, offset)) {
    gathered.push(part);
    size += part.length;
    if (size < GATHER) continue;
    yield concat(gathered);
    gathered = [];
    size = 0;
  }
  yield concat(gathered);
}

async function measured(
  { bytes, checksum, onChecksum }: ZipFile,
  use: BlobUse,
): Promise<Checksum & { readonly body: Bytes | Blob }> {
  if (checksum && bytes instanceof Blob) {
    if (checksum.bytes !== bytes.size) throw new Error('A file has changed since it was measured.');
    return { body: bytes, ...checksum };
  }
  if (typeof bytes === 'object' && Symbol.asyncIterator in bytes) return gathered(bytes);
  const body = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const content = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
  const sum = { crc: crc32(content), bytes: content.length };
  onChecksum?.(sum);
  return { body: use === 'refer' ? body : content, ...sum };
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
  for await (const part of zipParts(files, 'copy')) {
    if (part instanceof Blob) yield* streamed(part);
    else yield part;
  }
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

/** What is gathered before it becomes a blob of its own. */
const GATHER_PARTS = 1000;
const GATHER_MEMORY = 4_000_000;

/**
 * The same archive as a blob that refers to the blobs it is made of: they are not copied, and what
 * has a checksum is not even read. What is made on the way goes over to the browser's own blob
 * storage bit by bit, so memory does not grow with the archive.
 */
export async function zipBlob(files: ZipFiles, onBytes: (bytes: number) => void): Promise<Blob> {
  const full: Blob[] = [];
  let parts: (Bytes | Blob)[] = [];
  let memory = 0;
  for await (const part of zipParts(files, 'refer')) {
    parts.push(part);
    memory += part instanceof Blob ? 0 : part.length;
    onBytes(part instanceof Blob ? part.size : part.length);
    if (parts.length < GATHER_PARTS && memory < GATHER_MEMORY) continue;
    full.push(new Blob(parts));
    parts = [];
    memory = 0;
  }
  return new Blob([...full, ...parts], { type: 'application/zip' });
}
