import type JSZip from 'jszip';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { type Bytes, concat, viewOf } from '../bytes.ts';
import { crc32 } from '../crc32.ts';
import { LOCAL_BYTES, read, type ZipEntry } from './zip-directory.ts';

const LOCAL = 0x04034b50;
const NAME = 'entry';
/** Deflated data may be larger than what it holds: by an eighth at worst, and a few bytes. */
const MOST_PACKED = 9 / 8;

/**
 * Unpacks one entry; never rejects. JSZip holds its whole archive in memory and gives up at the first bad entry,
 * so it is handed an archive of this entry alone: memory stays at one file, however large the
 * archive, and one bad entry costs nothing but itself.
 * @param limit of the unpacked file; checked while it grows, since claimed sizes can lie
 */
export async function unpackEntry(
  archive: Blob,
  entry: ZipEntry,
  limit: number,
): Promise<Result<Bytes, ImageProblem>> {
  if (entry.packedBytes > limit * MOST_PACKED + 1024) {
    return fail({ kind: 'too-many-bytes', bytes: entry.packedBytes, limit });
  }
  try {
    return await unpack(archive, entry, limit);
  } catch {
    // The archive is gone from the disk, or JSZip found it damaged.
    return unreadable();
  }
}

async function unpack(
  archive: Blob,
  entry: ZipEntry,
  limit: number,
): Promise<Result<Bytes, ImageProblem>> {
  const local = viewOf(await read(archive, entry.offset, LOCAL_BYTES));
  if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL) return unreadable();
  const data = entry.offset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = await read(archive, data, entry.packedBytes);
  if (packed.length < entry.packedBytes) return unreadable();
  // Loaded with the first archive: few imports are archives, and it is a third of the app.
  const { default: JSZip } = await import('jszip');
  const zip = await JSZip.loadAsync(archiveOfOne(entry, packed));
  const content = zip.file(NAME);
  if (!content) return unreadable();
  const unpacked = await drain(content as StreamingEntry, limit);
  return unpacked.ok && crc32(unpacked.value) !== entry.crc ? unreadable() : unpacked;
}

function unreadable() {
  return fail<ImageProblem>({ kind: 'unreadable-archive' });
}

/** `internalStream` is public (stuk.github.io/jszip) and missing from the package's types. */
type StreamingEntry = JSZip.JSZipObject & {
  internalStream(type: 'uint8array'): JSZip.JSZipStreamHelper<Uint8Array>;
};

function drain(content: StreamingEntry, limit: number): Promise<Result<Bytes, ImageProblem>> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    const stream = content.internalStream('uint8array');
    stream.on('data', (part) => {
      length += part.length;
      if (length <= limit) {
        parts.push(part);
      } else {
        stream.pause();
        resolve(fail({ kind: 'too-many-bytes', bytes: length, limit }));
      }
    });
    stream.on('error', () => resolve(unreadable()));
    stream.on('end', () => resolve(ok(concat(parts))));
    stream.resume();
  });
}

/** A ZIP file with one plain entry: local header, data, directory, closing record. */
function archiveOfOne(entry: ZipEntry, packed: Bytes): Bytes {
  const name = new TextEncoder().encode(NAME);
  const shared = new Uint8Array(26);
  const view = viewOf(shared);
  view.setUint16(0, 20, true);
  view.setUint16(4, entry.method, true);
  view.setUint32(10, entry.crc, true);
  view.setUint32(14, packed.length, true);
  view.setUint32(18, entry.bytes, true);
  view.setUint16(22, name.length, true);
  const local = concat([Uint8Array.of(0x50, 0x4b, 3, 4), shared, name]);
  const record = concat([Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), shared, new Uint8Array(14), name]);
  const closing = new Uint8Array(22);
  closing.set([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]);
  viewOf(closing).setUint32(12, record.length, true);
  viewOf(closing).setUint32(16, local.length + packed.length, true);
  return concat([local, packed, record, closing]);
}
