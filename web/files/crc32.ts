/** CRC-32 of PNG and ZIP: polynomial 0xEDB88320, reflected (ISO 3309; PNG specification, annex D). */
const TABLES = makeTables();

/**
 * CRC-32 of `bytes`; `seed` is the CRC of what came before them.
 * Four bytes a step ("slicing by 4"), since whole photos go through here.
 */
export function crc32(bytes: Uint8Array, seed = 0): number {
  const [t0, t1, t2, t3] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const end4 = bytes.length - (bytes.length % 4);
  let crc = ~seed;
  let i = 0;
  for (; i < end4; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc = t3[crc & 255] ^ t2[(crc >>> 8) & 255] ^ t1[(crc >>> 16) & 255] ^ t0[crc >>> 24];
  }
  for (; i < bytes.length; i += 1) crc = t0[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTables(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
  const tables = [first];
  for (let n = 1; n < 4; n += 1) {
    const previous = tables[n - 1];
    tables.push(previous.map((crc) => (crc >>> 8) ^ first[crc & 255]));
  }
  return tables;
}
