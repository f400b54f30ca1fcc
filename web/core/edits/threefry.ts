const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds: a counter-based generator. The same (counter, key) gives the same
 * two words in any order, thread or GPU, with 32-bit adds, rotations and xors only.
 * J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", SC11 (2011), doi:10.1145/2063384.2063405; the Random123 library's test vectors hold.
 *
 * @param counter0 low half of the first counter; the following ones count it up, without carry
 * @param counter1 high half of every counter
 * @param out receives two words, as signed 32-bit integers, for as many counters as it has room
 */
export function threefry2x32(
  counter0: number,
  counter1: number,
  key0: number,
  key1: number,
  out: Int32Array,
): void {
  const key2 = PARITY ^ key0 ^ key1;
  // Sums of two 32-bit integers stay in integer registers, sums of three would not.
  const inject1 = (key2 + 1) | 0;
  const inject2 = (key0 + 2) | 0;
  const inject3 = (key1 + 3) | 0;
  const inject4 = (key2 + 4) | 0;
  const inject5 = (key0 + 5) | 0;
  const first = (counter0 + key0) | 0;
  const start = (counter1 + key1) | 0;
  for (let i = 0; i < out.length; i += 2) {
    let a = (first + (i >> 1)) | 0;
    let b = start;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;
    a = (a + key1) | 0;
    b = (b + inject1) | 0;

    a = (a + b) | 0;
    b = ((b << 17) | (b >>> 15)) ^ a;
    a = (a + b) | 0;
    b = ((b << 29) | (b >>> 3)) ^ a;
    a = (a + b) | 0;
    b = ((b << 16) | (b >>> 16)) ^ a;
    a = (a + b) | 0;
    b = ((b << 24) | (b >>> 8)) ^ a;
    a = (a + key2) | 0;
    b = (b + inject2) | 0;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;
    a = (a + key0) | 0;
    b = (b + inject3) | 0;

    a = (a + b) | 0;
    b = ((b << 17) | (b >>> 15)) ^ a;
    a = (a + b) | 0;
    b = ((b << 29) | (b >>> 3)) ^ a;
    a = (a + b) | 0;
    b = ((b << 16) | (b >>> 16)) ^ a;
    a = (a + b) | 0;
    b = ((b << 24) | (b >>> 8)) ^ a;
    a = (a + key1) | 0;
    b = (b + inject4) | 0;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;

    out[i] = a + key2;
    out[i + 1] = b + inject5;
  }
}
