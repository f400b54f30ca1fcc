import type { Bytes } from '../bytes.ts';
import { type BitWriter, createBitWriter } from './bit-writer.ts';
import { type Code, canonicalCodes } from './huffman.ts';

const END_OF_BLOCK = 256;
const MAX_MATCH = 258;
const MIN_MATCH = 3;

/** Smallest match length of each symbol from 257 on: RFC 1951 section 3.2.5. */
const MATCH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];

/**
 * Code lengths fitted to masks: the longest match is by far the most frequent symbol, then the
 * two byte values that occur. A complete code: 1/2 + 2/8 + 3/64 + 26/128 = 1.
 */
const LITERAL_LENGTHS = Array.from({ length: 286 }, (_, symbol) => {
  if (symbol === 285) return 1;
  if (symbol === 0 || symbol === 255) return 3;
  if (symbol >= 257 && symbol <= 259) return 6;
  return symbol >= 256 ? 7 : 0;
});
const LITERAL_CODES = canonicalCodes(LITERAL_LENGTHS);

/** Distance 1 is the only one used; the second code makes the set complete for strict readers. */
const DISTANCE_LENGTHS = [1, 1];
const DISTANCE_ONE = canonicalCodes(DISTANCE_LENGTHS)[0];

/** Order in which the lengths of the code-length code are written: RFC 1951 section 3.2.7. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];
const REPEAT_ZERO = 18;
const CODE_LENGTH_LENGTHS = Array.from({ length: 19 }, (_, symbol) => {
  if (symbol === 7) return 1;
  return symbol === 1 || symbol === 3 || symbol === 6 || symbol === REPEAT_ZERO ? 3 : 0;
});
const CODE_LENGTH_CODES = canonicalCodes(CODE_LENGTH_LENGTHS);

/**
 * DEFLATE (RFC 1951) of bytes that are all 0 or 255, as one block with a fixed code and nothing
 * but run lengths. Engines differ in what CompressionStream writes; this is the same everywhere,
 * and a mask of 12 megapixels takes some ten kilobytes.
 */
export function deflateRuns(data: Uint8Array): Bytes {
  const writer = createBitWriter();
  writeHeader(writer);
  let at = 0;
  while (at < data.length) {
    const value = data[at];
    let end = at + 1;
    while (end < data.length && data[end] === value) end += 1;
    put(writer, LITERAL_CODES[value]);
    writeRun(writer, end - at - 1, LITERAL_CODES[value]);
    at = end;
  }
  put(writer, LITERAL_CODES[END_OF_BLOCK]);
  return writer.finish();
}

/** Repeats the byte before `count` times. */
function writeRun(writer: BitWriter, count: number, literal: Code): void {
  let left = count;
  for (; left >= MAX_MATCH; left -= MAX_MATCH) {
    put(writer, LITERAL_CODES[285]);
    put(writer, DISTANCE_ONE);
  }
  if (left >= MIN_MATCH) {
    const index = MATCH_BASES.findLastIndex((base) => base <= left);
    put(writer, LITERAL_CODES[257 + index]);
    writer.put(left - MATCH_BASES[index], extraBits(index));
    put(writer, DISTANCE_ONE);
  } else {
    for (; left > 0; left -= 1) put(writer, literal);
  }
}

/** How many bits follow a length symbol: none for the first eight, then one more every four. */
function extraBits(index: number): number {
  return index < 8 ? 0 : (index >> 2) - 1;
}

function writeHeader(writer: BitWriter): void {
  writer.put(1, 1); // the last block
  writer.put(2, 2); // with its own codes
  writer.put(LITERAL_LENGTHS.length - 257, 5);
  writer.put(DISTANCE_LENGTHS.length - 1, 5);
  writer.put(CODE_LENGTH_ORDER.length - 4, 4);
  for (const symbol of CODE_LENGTH_ORDER) writer.put(CODE_LENGTH_LENGTHS[symbol], 3);
  const lengths = [...LITERAL_LENGTHS, ...DISTANCE_LENGTHS];
  for (let at = 0; at < lengths.length; ) {
    if (lengths[at] !== 0) {
      put(writer, CODE_LENGTH_CODES[lengths[at]]);
      at += 1;
      continue;
    }
    let zeros = 1;
    while (zeros < 138 && lengths[at + zeros] === 0) zeros += 1;
    put(writer, CODE_LENGTH_CODES[REPEAT_ZERO]);
    writer.put(zeros - 11, 7);
    at += zeros;
  }
}

function put(writer: BitWriter, code: Code): void {
  writer.put(code.bits, code.length);
}
