import { normalLevels } from './gaussian.ts';
import type { Seed } from './seed.ts';
import { threefry2x32 } from './threefry.ts';

/** Standard normal samples of three channels for the pixel with this row-major index. */
export type NoiseSource = (pixelIndex: number, out: Float64Array) => void;

/**
 * Noise keyed by (seed, pixel index, channel). Threefry's key is the seed and its counter the
 * pixel index (all 53 bits); of its 64 output bits, channel c takes bits 16c … 16c + 15 as an
 * index into `normalLevels`. No state is carried from pixel to pixel, so tiles, threads and GPUs
 * agree.
 */
export function noiseSource(seed: Seed): NoiseSource {
  const table = normalLevels();
  const words = new Int32Array(2);
  const { high, low } = seed;
  return (pixelIndex, out) => {
    threefry2x32(pixelIndex | 0, (pixelIndex / 0x100000000) | 0, low | 0, high | 0, words);
    out[0] = table[words[0] & 0xffff];
    out[1] = table[words[0] >>> 16];
    out[2] = table[words[1] & 0xffff];
  };
}
