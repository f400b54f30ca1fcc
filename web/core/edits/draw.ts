import { EDIT_RANGES, type EditName, type EditRange, type Edits } from './edits.ts';
import { fnv1a64, type Seed } from './seed.ts';
import { type EditSettings, isFixed, isRange, type ValueRange } from './settings.ts';
import { threefry2x32 } from './threefry.ts';

/** What decides the values drawn for one component, apart from the photo. */
export interface DrawKey {
  /** The project's seed, whole, 0…2³² − 1. */
  readonly seed: number;
  /** The template's own, whole, 0…2³² − 1: another one draws other values for it alone. */
  readonly shuffle: number;
  /** Identity of the component in the project. */
  readonly componentId: string;
}

/**
 * Draws the edits of a photo's variants, given the SHA-256 of its file in hex.
 * @returns as many edits as variants; the same object each time where nothing is to be drawn
 */
export type Draw = (photo: string) => Edits[];

/**
 * Makes the draw of a component for `count` variants of each photo: Latin hypercube sampling (M. D.
 * McKay, R. J. Beckman, W. J. Conover, "A comparison of three methods…", Technometrics 21 (1979),
 * doi:10.2307/1268522). A range is cut into `count` equal parts; each part gives exactly one
 * variant a value, uniform within the part, and which variant that is differs from edit to edit.
 * So five variants cover −30…30 evenly, and a strong hue does not always come with a strong
 * contrast. With one variant a photo, values are uniform over the range from photo to photo.
 *
 * Counter-based and keyed: neither order nor worker nor the other photos count. Values are rounded
 * to a tenth of the slider's step, so that what is recorded reads well and is exact.
 */
export function createDraw(settings: EditSettings, count: number, key: DrawKey): Draw {
  if (isFixed(settings)) return () => Array.from({ length: count }, () => settings);
  const columns = EDIT_RANGES.map((range) => {
    const setting = settings[range.name];
    const draw = isRange(setting)
      ? createColumn(setting, range, count, streamOf(range.name, key))
      : () => new Array<number>(count).fill(setting);
    return { name: range.name, draw };
  });
  return (photo) => {
    const drawn = Array.from({ length: count }, () => ({}) as Record<EditName, number>);
    for (const { name, draw } of columns) {
      draw(photo).forEach((value, sample) => {
        drawn[sample][name] = value;
      });
    }
    return drawn;
  };
}

/** The values of one edit for the variants of a photo. */
function createColumn(
  { from, to }: ValueRange,
  { step }: EditRange,
  count: number,
  stream: Seed,
): (photo: string) => number[] {
  const words = new Int32Array(2);
  return (photo) => {
    const half = (at: number) => Number.parseInt(photo.slice(at, at + 8), 16) | 0;
    threefry2x32(half(0), half(8), stream.low, stream.high, words);
    const [low, high] = words;
    const draws = Array.from({ length: count }, (_, sample) => {
      threefry2x32(sample, 0, low, high, words);
      return { sample, rank: words[0] >>> 0, within: (words[1] >>> 0) / 2 ** 32 };
    });
    const values = new Array<number>(count);
    // Sorting random ranks shuffles; equal ranks keep their order, so every engine agrees.
    draws
      .sort((a, b) => a.rank - b.rank)
      .forEach(({ sample, within }, part) => {
        const value = from + ((to - from) * (part + within)) / count;
        values[sample] = Math.min(to, Math.max(from, rounded(value, step)));
      });
    return values;
  };
}

/** To a tenth of `step`, by a division that gives the double a person would have typed. */
function rounded(value: number, step: number): number {
  const perUnit = Math.round(10 / step);
  return Math.round(value * perUnit) / perUnit;
}

/** A key of its own for every (seeds, component, edit), by hashing one into the next. */
function streamOf(name: EditName, { seed, shuffle, componentId }: DrawKey): Seed {
  const what = fnv1a64(`${name} ${componentId}`);
  const words = new Int32Array(2);
  threefry2x32(what.low | 0, what.high | 0, seed | 0, shuffle | 0, words);
  return { low: words[0], high: words[1] };
}
