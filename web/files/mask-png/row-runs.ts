import type { Mask } from '../../core/mask/mask.ts';

/**
 * The bytes of a PNG's rows, each after filter type 0, as lengths of runs: zeros, inside, zeros,
 * inside … The first run is never empty, it begins with the first row's filter byte.
 */
export function rowRuns({ width, data }: Mask): number[] {
  const runs: number[] = [];
  const runEnd = runEnds(data);
  let zeros = 1;
  for (let at = 0; at < data.length; ) {
    const end = runEnd(at);
    if (data[at] === 0) {
      // With the filter bytes before those of its pixels that begin a row.
      zeros += end - at + Math.floor((end - 1) / width) - Math.floor(Math.max(0, at - 1) / width);
      at = end;
      continue;
    }
    while (at < end) {
      const column = at % width;
      if (column === 0 && at > 0) zeros += 1;
      const next = Math.min(end, at - column + width);
      runs.push(zeros, next - at);
      zeros = 0;
      at = next;
    }
  }
  if (zeros > 0) runs.push(zeros);
  return runs;
}

/** A function from a pixel to the end of its run of equal bytes; it looks at four at a time. */
function runEnds(data: Uint8Array): (from: number) => number {
  const bytes = data.byteOffset % 4 === 0 ? data : data.slice();
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  return (from) => {
    const value = bytes[from];
    const four = Math.imul(value, 0x01010101) >>> 0;
    let at = from + 1;
    while (at % 4 !== 0 && at < bytes.length && bytes[at] === value) at += 1;
    if (at % 4 === 0) {
      let word = at >> 2;
      while (word < words.length && words[word] === four) word += 1;
      at = word << 2;
    }
    while (at < bytes.length && bytes[at] === value) at += 1;
    return at;
  };
}

/** Adler-32 (RFC 1950 section 9) of what the runs stand for: a run at a time, not a byte. */
export function adler32OfRuns(runs: readonly number[], inside: number): number {
  const modulus = 65_521;
  let a = 1;
  let b = 0;
  for (const [i, length] of runs.entries()) {
    const value = i % 2 === 0 ? 0 : inside;
    // Each byte adds to a, and a as it is then to b.
    b = (b + length * a + (value * length * (length + 1)) / 2) % modulus;
    a = (a + length * value) % modulus;
  }
  return b * 65_536 + a;
}
