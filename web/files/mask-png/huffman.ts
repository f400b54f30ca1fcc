/** The code of one symbol: its bits in writing order, and how many they are. */
export interface Code {
  readonly bits: number;
  readonly length: number;
}

/**
 * Canonical Huffman codes from code lengths (0: symbol unused), RFC 1951 section 3.2.2. Codes are
 * reversed, since DEFLATE writes them from the most significant bit.
 */
export function canonicalCodes(lengths: readonly number[]): Code[] {
  const longest = Math.max(...lengths);
  const codes: Code[] = lengths.map((length) => ({ bits: 0, length }));
  let next = 0;
  for (let length = 1; length <= longest; length += 1) {
    next <<= 1;
    lengths.forEach((symbolLength, symbol) => {
      if (symbolLength !== length) return;
      codes[symbol] = { bits: reversed(next, length), length };
      next += 1;
    });
  }
  return codes;
}

function reversed(value: number, count: number): number {
  let result = 0;
  for (let bit = 0; bit < count; bit += 1) result |= ((value >> bit) & 1) << (count - 1 - bit);
  return result;
}
