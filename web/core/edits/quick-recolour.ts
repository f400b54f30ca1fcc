import { openKernel } from '../simd/open-kernel.ts';
import { RECOLOUR } from '../simd/recolour-bytes.ts';
import type { Blend } from './blend.ts';
import { type Recolouring, recolourSpan } from './recolour.ts';

/** What recolour.wat exports. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  /** @returns how many pixels came out in doubt */
  recolour(
    end: number,
    red: number,
    green: number,
    blue: number,
    stretch: number,
    lift: number,
    kept: number,
  ): number;
}

/** Longest run of pixels that `QuickRecolour` takes: what the kernel's memory has room for. */
export const QUICK_SPAN = 4096;
/** For fewer pixels the way to the kernel and back takes longer than it saves. */
const SHORT = 48;
/** Of the pixels of a run; when more have to be done again, the kernel saves nothing … */
const MOST_IN_DOUBT = 0.25;
/** … and this many runs are done without it, before it is tried again on what comes then. */
const RUNS_WITHOUT = 31;

/** Places in the kernel's memory, in bytes; see recolour.wat. */
const PIXELS = 1024;
const RESULT = 17_408;
const LIST = 33_792;

/**
 * `recolourSpan` for many pixels: the same bits in a fraction of the time. A WebAssembly kernel
 * does four pixels at a time in single precision and names those that came out so near to the
 * border between two levels that double precision might land on the other side; only these are
 * done again exactly.
 *
 * How near is near: hue and turn are at most 12 sextants, so single precision (2⁻²⁴ relative)
 * keeps them to 16 · 2⁻²⁴; quotient, chroma, saturation (at most × 4, at most the whole channel)
 * and blend add less than twice that. Together under 50 · 2⁻²⁴ · 255 = 0.0008 levels. The kernel
 * doubts within 1/512 = 0.002.
 */
export interface QuickRecolour {
  /** Changes RGBA pixels `from` … `to − 1` in place; at most `QUICK_SPAN` of them. */
  recolour(bytes: Uint8Array, from: number, to: number): void;
}

/** Null where there is no WebAssembly SIMD. The last one opened is the one that works. */
export function quickRecolour(
  tone: Float64Array,
  how: Recolouring,
  blend: Blend,
): QuickRecolour | null {
  const kernel = openKernel<Kernel>(RECOLOUR);
  if (!kernel) return null;
  const { memory, recolour } = kernel;
  const room = new Uint8Array(memory.buffer);
  // Whole pixels: what is in doubt is gathered, done in one go, and put back.
  const taken = new Uint32Array(memory.buffer, PIXELS, QUICK_SPAN);
  const result = new Uint32Array(memory.buffer, RESULT, QUICK_SPAN);
  const list = new Uint32Array(memory.buffer, LIST, QUICK_SPAN);
  const again = new Uint32Array(QUICK_SPAN);
  const againBytes = new Uint8Array(again.buffer);
  new Float32Array(memory.buffer, 0, 256).set(tone);
  const { sextants, factor, saturate } = how;
  const [red, green, blue] = [0, 2, 4].map((hue) => (hue + sextants) % 6);
  const stretch = saturate ? factor : 1;
  const lift = 255 * blend.opacity;
  const kept = 1 - blend.opacity;
  let without = 0;

  return {
    recolour(bytes, from, to) {
      const count = to - from;
      if (without > 0 || count < SHORT) {
        if (without > 0) without -= 1;
        recolourSpan(bytes, from, to, tone, how, blend, null, 0);
        return;
      }
      const pixels = bytes.subarray(from * 4, to * 4);
      room.set(pixels, PIXELS);
      // Up to three pixels of an earlier run are done again and thrown away.
      const end = Math.ceil(count / 4) * 16;
      const inDoubt = recolour(end, red, green, blue, stretch, lift, kept);
      for (let i = 0; i < inDoubt; i += 1) again[i] = taken[list[i]];
      recolourSpan(againBytes, 0, inDoubt, tone, how, blend, null, 0);
      for (let i = 0; i < inDoubt; i += 1) result[list[i]] = again[i];
      pixels.set(room.subarray(RESULT, RESULT + count * 4));
      if (inDoubt > count * MOST_IN_DOUBT) without = RUNS_WITHOUT;
    },
  };
}
