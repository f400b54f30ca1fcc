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
function literalLengths(inside: number): number[] {
  return Array.from({ length: 286 }, (_, symbol) => {
    if (symbol === 285) return 1;
    if (symbol === 0 || symbol === inside) return 3;
    if (symbol >= 257 && symbol <= 259) return 6;
    return symbol >= 256 ? 7 : 0;
  });
}

/** Distance 1 is the only one used; the second code makes the set complete for strict readers. */
const DISTANCE_LENGTHS = [1, 1];
const DISTANCE_ONE = canonicalCodes(DISTANCE_LENGTHS)[0];

/** Order in which the lengths of the code-length code are written: RFC 1951 section 3.2.7. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];
const REPEAT_ZERO = 18;
/** The shortest row of zeros that `REPEAT_ZERO` can say; shorter ones are written out. */
const MIN_REPEAT = 11;
/** Both are complete: 1/2 + 4/8 = 1, and 1/2 + 3/8 + 2/16 = 1 with a code for a single zero. */
const CODE_LENGTH_LENGTHS = lengthsOf({ 7: 1, 1: 3, 3: 3, 6: 3, [REPEAT_ZERO]: 3 });
const CODE_LENGTH_LENGTHS_WITH_ZERO = lengthsOf({ 7: 1, 3: 3, 6: 3, [REPEAT_ZERO]: 3, 0: 4, 1: 4 });

function lengthsOf(lengths: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 19 }, (_, symbol) => lengths[symbol] ?? 0);
}

/**
 * DEFLATE (RFC 1951) of bytes that are all 0 or `inside`, as one block with a fixed code and
 * nothing but run lengths. Engines differ in what CompressionStream writes; this is the same
 * everywhere, and a mask of 12 megapixels takes some ten kilobytes.
 *
 * @param runs lengths of the runs of 0, `inside`, 0, `inside` …
 * @param inside 1…255
 */
export function deflateRuns(runs: readonly number[], inside: number): Bytes {
  const writer = createBitWriter();
  const lengths = literalLengths(inside);
  const codes = canonicalCodes(lengths);
  writeHeader(writer, lengths);
  for (const [i, length] of runs.entries()) {
    const value = i % 2 === 0 ? 0 : inside;
    put(writer, codes[value]);
    writeRun(writer, length - 1, value, codes);
  }
  put(writer, codes[END_OF_BLOCK]);
  return writer.finish();
}

/** Repeats the byte before, `value`, `count` times. */
function writeRun(writer: BitWriter, count: number, value: number, codes: readonly Code[]): void {
  let left = count;
  for (; left >= MAX_MATCH; left -= MAX_MATCH) {
    put(writer, codes[285]);
    put(writer, DISTANCE_ONE);
  }
  if (left >= MIN_MATCH) {
    const index = MATCH_BASES.findLastIndex((base) => base <= left);
    put(writer, codes[257 + index]);
    writer.put(left - MATCH_BASES[index], extraBits(index));
    put(writer, DISTANCE_ONE);
  } else {
    for (; left > 0; left -= 1) put(writer, codes[value]);
  }
}

/** How many bits follow a length symbol: none for the first eight, then one more every four. */
function extraBits(index: number): number {
  return index < 8 ? 0 : (index >> 2) - 1;
}

function writeHeader(writer: BitWriter, literalLengths: readonly number[]): void {
  const rows = zeroRows([...literalLengths, ...DISTANCE_LENGTHS]);
  const isPlain = rows.every(({ length, count }) => length !== 0 || count >= MIN_REPEAT);
  const lengths = isPlain ? CODE_LENGTH_LENGTHS : CODE_LENGTH_LENGTHS_WITH_ZERO;
  const codes = canonicalCodes(lengths);
  writer.put(1, 1); // the last block
  writer.put(2, 2); // with its own codes
  writer.put(literalLengths.length - 257, 5);
  writer.put(DISTANCE_LENGTHS.length - 1, 5);
  writer.put(CODE_LENGTH_ORDER.length - 4, 4);
  for (const symbol of CODE_LENGTH_ORDER) writer.put(lengths[symbol], 3);
  for (const { length, count } of rows) {
    if (length === 0 && count >= MIN_REPEAT) {
      put(writer, codes[REPEAT_ZERO]);
      writer.put(count - MIN_REPEAT, 7);
    } else for (let left = count; left > 0; left -= 1) put(writer, codes[length]);
  }
}

/** Code lengths one by one, but zeros in rows of up to 138, the most that `REPEAT_ZERO` can say. */
function zeroRows(lengths: readonly number[]): { length: number; count: number }[] {
  const rows: { length: number; count: number }[] = [];
  for (const length of lengths) {
    const row = rows.at(-1);
    if (row && length === 0 && row.length === 0 && row.count < 138) row.count += 1;
    else rows.push({ length, count: 1 });
  }
  return rows;
}

function put(writer: BitWriter, code: Code): void {
  writer.put(code.bits, code.length);
}
