import { type Bytes, viewOf } from '../bytes.ts';

/** One entry of an archive, as its central directory states it. */
export interface ZipEntry {
  /** Folders and name; `\` from old Windows archivers counts as `/`. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  /** 0 is stored, 8 is deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  /** What the archive claims; checked again while unpacking. */
  readonly bytes: number;
  /** Where the entry's local header lies in the archive. */
  readonly offset: number;
}

const CLOSING = 0x06054b50;
const CLOSING_BYTES = 22;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const CLOSING64 = 0x06064b50;
const CLOSING64_BYTES = 56;
const RECORD = 0x02014b50;
const RECORD_BYTES = 46;
/** Length of a local header without its name. */
export const LOCAL_BYTES = 30;
const MAX_COMMENT = 65_535;
const IN_ZIP64 = 0xffffffff;
/** The same for the count of files, which some writers leave at this without a ZIP64 record. */
const IN_ZIP64_16 = 0xffff;
const ZIP64_EXTRA = 0x0001;
/** Bit 0: encrypted; bit 6: strongly; bit 13: the directory itself. */
const ENCRYPTED = 0x2041;

/** Directories above this are not read: 100,000 files take half of it, and each takes memory. */
const MAX_DIRECTORY_BYTES = 32 * 1024 * 1024;

/**
 * Reads the list of files of a ZIP archive, without its files; null when it is damaged or no
 * archive, when it lists more or fewer files than it says, or when its files share bytes: that is
 * how a few megabytes are made to unpack to petabytes (D. Fifield, "A better zip bomb", WOOT 2019).
 * Format: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
 */
export async function readZipDirectory(archive: Blob): Promise<ZipEntry[] | null> {
  const place = await findDirectory(archive);
  if (!place || place.length > MAX_DIRECTORY_BYTES) return null;
  const bytes = await read(archive, place.start, place.length);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let packed = 0;
  for (let at = 0; at < bytes.length; ) {
    if (at + RECORD_BYTES > bytes.length || view.getUint32(at, true) !== RECORD) return null;
    const name = at + RECORD_BYTES;
    const extra = name + view.getUint16(at + 28, true);
    const comment = extra + view.getUint16(at + 30, true);
    const end = comment + view.getUint16(at + 32, true);
    if (end > bytes.length) return null;
    const path = new TextDecoder().decode(bytes.subarray(name, extra)).replaceAll('\\', '/');
    const [size, packedBytes, offset] = zip64Values(bytes.subarray(extra, comment), [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    packed += LOCAL_BYTES + packedBytes;
    if (packed > archive.size) return null;
    entries.push({
      path,
      isFolder: path.endsWith('/'),
      isEncrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes,
      bytes: size,
      offset,
    });
    at = end;
  }
  return place.count === null || place.count === entries.length ? entries : null;
}

interface Place {
  readonly start: number;
  readonly length: number;
  /** Null when it does not fit into the archive's field for it. */
  readonly count: number | null;
}

/** The directory is found from the archive's end, before a comment of up to 64 kB. */
async function findDirectory(archive: Blob): Promise<Place | null> {
  const tailStart = Math.max(0, archive.size - CLOSING_BYTES - MAX_COMMENT - LOCATOR64_BYTES);
  const tail = viewOf(await read(archive, tailStart, archive.size - tailStart));
  for (let at = tail.byteLength - CLOSING_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== CLOSING) continue;
    const locator = at - LOCATOR64_BYTES;
    if (locator >= 0 && tail.getUint32(locator, true) === LOCATOR64) {
      return findDirectory64(archive, Number(tail.getBigUint64(locator + 8, true)));
    }
    const count = tail.getUint16(at + 10, true);
    return within(archive, {
      start: tail.getUint32(at + 16, true),
      length: tail.getUint32(at + 12, true),
      count: count === IN_ZIP64_16 ? null : count,
    });
  }
  return null;
}

async function findDirectory64(archive: Blob, closing: number): Promise<Place | null> {
  const record = viewOf(await read(archive, closing, CLOSING64_BYTES));
  if (record.byteLength < CLOSING64_BYTES || record.getUint32(0, true) !== CLOSING64) return null;
  return within(archive, {
    start: Number(record.getBigUint64(48, true)),
    length: Number(record.getBigUint64(40, true)),
    count: Number(record.getBigUint64(32, true)),
  });
}

function within(archive: Blob, place: Place): Place | null {
  return place.start + place.length <= archive.size ? place : null;
}

/** Replaces the values that say "see the ZIP64 field" by that field's, in its order (4.5.3). */
function zip64Values(extra: Uint8Array, values: readonly number[]): number[] {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === ZIP64_EXTRA && end <= extra.length) {
      let next = at + 4;
      return values.map((value) => {
        if (value !== IN_ZIP64 || next + 8 > end) return value;
        next += 8;
        return Number(view.getBigUint64(next - 8, true));
      });
    }
    at = end;
  }
  return [...values];
}

/** Bytes of a part of `archive`; fewer when it ends before. */
export async function read(archive: Blob, start: number, length: number): Promise<Bytes> {
  return new Uint8Array(await archive.slice(start, start + length).arrayBuffer());
}
