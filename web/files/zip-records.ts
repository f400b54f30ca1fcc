import { type Bytes, viewOf } from './bytes.ts';

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

/** Entries of the directory that are made at a time. */
const BLOCK = 1000;
const HEADER = 30;
const ENTRY = 46;

/** What stands before a file's bytes. Format: PKWARE APPNOTE 6.3.10, 4.3.7 and 4.5.3. */
export function localHeader({ name, crc, bytes }: Omit<ZipRecord, 'offset'>): Bytes {
  const large = bytes >= MAX_32 ? [bytes, bytes] : [];
  const header = new Uint8Array(HEADER + name.length + sizeOf64(large));
  const view = viewOf(header);
  view.setUint32(0, LOCAL, true);
  common(view, 4, { crc, bytes, name, large });
  header.set(name, HEADER);
  write64(view, HEADER + name.length, large);
  return header;
}

/** The list of files, in blocks, and what closes it. Format: 4.3.12 and 4.3.14 to 4.3.16. */
export function* zipDirectory(records: readonly ZipRecord[], start: number): Generator<Bytes> {
  let length = 0;
  for (let from = 0; from < records.length; from += BLOCK) {
    const block = directoryBlock(records.slice(from, from + BLOCK));
    length += block.length;
    yield block;
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

/** One buffer for many entries: making one takes longer than filling it. */
function directoryBlock(records: readonly ZipRecord[]): Bytes {
  const large = records.map(({ bytes, offset }) => [
    ...(bytes >= MAX_32 ? [bytes, bytes] : []),
    ...(offset >= MAX_32 ? [offset] : []),
  ]);
  const size = records.reduce(
    (sum, { name }, i) => sum + ENTRY + name.length + sizeOf64(large[i]),
    0,
  );
  const block = new Uint8Array(size);
  const view = viewOf(block);
  let at = 0;
  records.forEach(({ name, crc, bytes, offset }, i) => {
    view.setUint32(at, CENTRAL, true);
    view.setUint16(at + 4, UNIX | WITH_64, true);
    common(view, at + 6, { crc, bytes, name, large: large[i] });
    view.setUint32(at + 38, MODE, true);
    view.setUint32(at + 42, Math.min(offset, MAX_32), true);
    block.set(name, at + ENTRY);
    at = write64(view, at + ENTRY + name.length, large[i]);
  });
  return block;
}

interface Common {
  readonly crc: number;
  readonly bytes: number;
  readonly name: Bytes;
  /** What does not fit in 32 bits and is told in the ZIP64 field. */
  readonly large: readonly number[];
}

/** The fields that both headers share; files are stored, not packed. */
function common(view: DataView, at: number, { crc, bytes, name, large }: Common): void {
  view.setUint16(at, large.length > 0 ? WITH_64 : PLAIN, true);
  view.setUint16(at + 2, UTF8, true);
  view.setUint16(at + 6, TIME, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, Math.min(bytes, MAX_32), true);
  view.setUint32(at + 18, Math.min(bytes, MAX_32), true);
  view.setUint16(at + 22, name.length, true);
  view.setUint16(at + 24, sizeOf64(large), true);
}

function sizeOf64(values: readonly number[]): number {
  return values.length > 0 ? 4 + values.length * 8 : 0;
}

/** Writes the ZIP64 field, if there is anything to tell, and says where it ends. */
function write64(view: DataView, at: number, values: readonly number[]): number {
  if (values.length === 0) return at;
  view.setUint16(at, 1, true);
  view.setUint16(at + 2, values.length * 8, true);
  values.forEach((value, i) => {
    view.setBigUint64(at + 4 + i * 8, BigInt(value), true);
  });
  return at + sizeOf64(values);
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
