/**
 * IEEE 754 binary16, by integer arithmetic only: the same bits in every engine. Half floats are
 * held as their bit patterns in Uint16Array.
 */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Nearest half float (ties to even) as its 16 bits; beyond ±65504 it is infinity. */
export function toHalf(value: number): number {
  float[0] = value;
  return halfOfBits(bits[0]);
}

/** The value of the half float with these 16 bits, exactly. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** `toHalf` of every element. */
export function toHalves(values: Float32Array): Uint16Array<ArrayBuffer> {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) halves[i] = halfOfBits(source[i]);
  return halves;
}

/** `fromHalf` of every element. */
export function fromHalves(halves: Uint16Array): Float32Array<ArrayBuffer> {
  table ??= Float32Array.from({ length: 65536 }, (_, half) => fromHalf(half));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i++) values[i] = table[halves[i]];
  return values;
}

let table: Float32Array | undefined;

function halfOfBits(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65520, half way between the largest half and the next power of two.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return sign | ((rounded - 0x38000000) >>> 13);
  }
  // Below half of the smallest subnormal, 2^-25, everything rounds to zero.
  if (magnitude <= 0x33000000) return sign;
  const shift = 126 - (magnitude >>> 23);
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  const half = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (half + (rest > tie || (rest === tie && half & 1) ? 1 : 0));
}
