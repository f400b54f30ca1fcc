import { clamp01 } from './clamp.ts';
import { normalLevels } from './gaussian.ts';
import type { Seed } from './seed.ts';
import { threefry2x32 } from './threefry.ts';

/** Standard normal samples, three channels a pixel, for runs of pixels. */
export interface NoiseSource {
  /**
   * @param pixel row-major index of the first; the run must not cross a multiple of 2³²
   * @param out three samples for as many pixels as it has room
   */
  samples(pixel: number, out: Float64Array): void;

  /**
   * Adds `sigma` times the samples to working values and clamps them to 0…1.
   *
   * @param shared whether all three channels of a pixel get the first one's sample
   */
  add(pixel: number, sigma: number, shared: boolean, values: Float64Array): void;
}

/**
 * Noise keyed by (seed, pixel index, channel). Threefry's key is the seed and its counter the
 * pixel index (all 53 bits); of its 64 output bits, channel c takes bits 16c … 16c + 15 as an
 * index into `normalLevels`. No state is carried from pixel to pixel, so tiles, threads and GPUs
 * agree.
 *
 * @param longest pixels of the longest run that will be asked for
 */
export function noiseSource({ high, low }: Seed, longest: number): NoiseSource {
  const levels = normalLevels();
  const room = new Int32Array(2 * longest);
  const wordsOf = (pixel: number, count: number) => {
    const words = room.subarray(0, 2 * count);
    threefry2x32(pixel | 0, (pixel / 0x100000000) | 0, low | 0, high | 0, words);
    return words;
  };
  return {
    samples(pixel, out) {
      const words = wordsOf(pixel, out.length / 3);
      for (let i = 0, at = 0; i < words.length; i += 2, at += 3) {
        out[at] = levels[words[i] & 0xffff];
        out[at + 1] = levels[words[i] >>> 16];
        out[at + 2] = levels[words[i + 1] & 0xffff];
      }
    },
    add(pixel, sigma, shared, values) {
      const words = wordsOf(pixel, values.length / 3);
      if (shared) addShared(words, levels, sigma, values);
      else addEach(words, levels, sigma, values);
    },
  };
}

function addEach(
  words: Int32Array,
  levels: Float64Array,
  sigma: number,
  values: Float64Array,
): void {
  for (let i = 0, at = 0; i < words.length; i += 2, at += 3) {
    const word = words[i];
    values[at] = clamp01(values[at] + sigma * levels[word & 0xffff]);
    values[at + 1] = clamp01(values[at + 1] + sigma * levels[word >>> 16]);
    values[at + 2] = clamp01(values[at + 2] + sigma * levels[words[i + 1] & 0xffff]);
  }
}

function addShared(
  words: Int32Array,
  levels: Float64Array,
  sigma: number,
  values: Float64Array,
): void {
  for (let i = 0, at = 0; i < words.length; i += 2, at += 3) {
    const noise = sigma * levels[words[i] & 0xffff];
    values[at] = clamp01(values[at] + noise);
    values[at + 1] = clamp01(values[at + 1] + noise);
    values[at + 2] = clamp01(values[at + 2] + noise);
  }
}
