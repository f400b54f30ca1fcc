import { type Bytes, concat, viewOf } from './bytes.ts';

/** What an archive says of one of its files. */
export interface ZipRecord {
  readonly name: Bytes;
  readonly crc: number;
  readonly bytes: number;
  /** Where its local header lies. */
  readonly offset: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const CLOSING = 0x06054b50;
const CLOSING64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

/** A field of 32 or 16 bits with this value says: see the ZIP64 field. */
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;

const PLAIN = 20;
const WITH_64 = 45;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** Noon of 1 January 1980, so that the same files give the same bytes. */
const TIME = 12 << 11;
const DATE = (1 << 5) | 1;
/** Made on Unix; a regular file that its owner may write. */
const UNIX = 3 << 8;
const MODE = 0o100644 * 0x10000;

/** What stands before a file's bytes. Format: PKWARE APPNOTE 6.3.10, 4.3.7 and 4.5.3. */
export function localHeader({ name, crc, bytes }: Omit<ZipRecord, 'offset'>): Bytes {
  const isLarge = bytes >= MAX_32;
  const extra = isLarge ? zip64Field([bytes, bytes]) : new Uint8Array(0);
  const header = new Uint8Array(30);
  const view = viewOf(header);
  view.setUint32(0, LOCAL, true);
  common(view, 4, { crc, bytes, isLarge, name, extra });
  return concat([header, name, extra]);
}

/** The list of files and what closes it. Format: 4.3.12 and 4.3.14 to 4.3.16. */
export function* zipDirectory(records: readonly ZipRecord[], start: number): Generator<Bytes> {
  let length = 0;
  for (const record of records) {
    const entry = directoryEntry(record);
    length += entry.length;
    yield entry;
  }
  const isLarge = records.length >= MAX_16 || length >= MAX_32 || start >= MAX_32;
  if (isLarge) yield closing64(records.length, length, start);
  const closing = new Uint8Array(22);
  const view = viewOf(closing);
  view.setUint32(0, CLOSING, true);
  view.setUint16(8, Math.min(records.length, MAX_16), true);
  view.setUint16(10, Math.min(records.length, MAX_16), true);
  view.setUint32(12, Math.min(length, MAX_32), true);
  view.setUint32(16, Math.min(start, MAX_32), true);
  yield closing;
}

function directoryEntry({ name, crc, bytes, offset }: ZipRecord): Bytes {
  const isLarge = bytes >= MAX_32;
  const isFar = offset >= MAX_32;
  const large = [...(isLarge ? [bytes, bytes] : []), ...(isFar ? [offset] : [])];
  const extra = large.length > 0 ? zip64Field(large) : new Uint8Array(0);
  const header = new Uint8Array(46);
  const view = viewOf(header);
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, UNIX | WITH_64, true);
  common(view, 6, { crc, bytes, isLarge: isLarge || isFar, name, extra });
  view.setUint32(38, MODE, true);
  view.setUint32(42, Math.min(offset, MAX_32), true);
  return concat([header, name, extra]);
}

interface Common {
  readonly crc: number;
  readonly bytes: number;
  readonly isLarge: boolean;
  readonly name: Bytes;
  readonly extra: Bytes;
}

/** The fields that both headers share; files are stored, not packed. */
function common(view: DataView, at: number, { crc, bytes, isLarge, name, extra }: Common): void {
  view.setUint16(at, isLarge ? WITH_64 : PLAIN, true);
  view.setUint16(at + 2, UTF8, true);
  view.setUint16(at + 6, TIME, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, Math.min(bytes, MAX_32), true);
  view.setUint32(at + 18, Math.min(bytes, MAX_32), true);
  view.setUint16(at + 22, name.length, true);
  view.setUint16(at + 24, extra.length, true);
}

function zip64Field(values: readonly number[]): Bytes {
  const field = new Uint8Array(4 + values.length * 8);
  const view = viewOf(field);
  view.setUint16(0, 1, true);
  view.setUint16(2, values.length * 8, true);
  values.forEach((value, i) => {
    view.setBigUint64(4 + i * 8, BigInt(value), true);
  });
  return field;
}

function closing64(count: number, length: number, start: number): Bytes {
  const record = new Uint8Array(56 + 20);
  const view = viewOf(record);
  view.setUint32(0, CLOSING64, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, UNIX | WITH_64, true);
  view.setUint16(14, WITH_64, true);
  view.setBigUint64(24, BigInt(count), true);
  view.setBigUint64(32, BigInt(count), true);
  view.setBigUint64(40, BigInt(length), true);
  view.setBigUint64(48, BigInt(start), true);
  view.setUint32(56, LOCATOR64, true);
  view.setBigUint64(64, BigInt(start + length), true);
  view.setUint32(72, 1, true);
  return record;
}
