import { type Bytes, concat, uint32le, viewOf } from '../bytes.ts';
import { crc32 } from '../crc32.ts';

/** One entry as it is to be written; what is left out is computed. */
export interface ZipPart {
  readonly name: string;
  /** As stored in the archive: packed already when `method` is 8. */
  readonly packed: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the archive shall claim of the unpacked file. */
  readonly bytes?: number;
  readonly crc?: number;
}

/** A ZIP made by hand, so that it can lie. */
export function buildZip(parts: readonly ZipPart[], comment = ''): Bytes {
  const locals: Uint8Array[] = [];
  const records: Uint8Array[] = [];
  let offset = 0;
  for (const { name, packed, method = 0, flags = 0x0800, ...claim } of parts) {
    const path = new TextEncoder().encode(name);
    const shared = new Uint8Array(26);
    const view = viewOf(shared);
    view.setUint16(0, 20, true);
    view.setUint16(2, flags, true);
    view.setUint16(4, method, true);
    view.setUint32(10, claim.crc ?? crc32(packed), true);
    view.setUint32(14, packed.length, true);
    view.setUint32(18, claim.bytes ?? packed.length, true);
    view.setUint16(22, path.length, true);
    const local = concat([Uint8Array.of(0x50, 0x4b, 3, 4), shared, path, packed]);
    locals.push(local);
    records.push(
      concat([
        Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0),
        shared,
        new Uint8Array(10),
        uint32le(offset),
        path,
      ]),
    );
    offset += local.length;
  }
  const directory = concat(records);
  const note = new TextEncoder().encode(comment);
  const count = Uint8Array.of(parts.length & 255, parts.length >> 8);
  return concat([
    ...locals,
    directory,
    Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...count, ...count),
    uint32le(directory.length),
    uint32le(offset),
    Uint8Array.of(note.length & 255, note.length >> 8),
    note,
  ]);
}
