import fc from 'fast-check';
import { EDIT_RANGES, type EditName, type Edits, NEUTRAL_EDITS } from '../edits.ts';

/** Edits that work on each pixel by itself. */
export const POINTWISE = [
  'brightness',
  'contrast',
  'gamma',
  'hue',
  'saturation',
  'opacity',
] as const satisfies readonly EditName[];

/** Any values of these edits, the others neutral. */
export function anyEdits(names: readonly EditName[]): fc.Arbitrary<Edits> {
  const values = Object.fromEntries(names.map((name) => [name, anyValue(name)]));
  return fc.record(values).map((chosen) => ({ ...NEUTRAL_EDITS, ...chosen }));
}

/** Often neutral, often an end of the range, else a step of the slider or any number. */
function anyValue(name: EditName): fc.Arbitrary<number> {
  const range = EDIT_RANGES.find((candidate) => candidate.name === name);
  if (!range) throw new RangeError(`There is no edit ${name}.`);
  const { min, max, neutral, step } = range;
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(neutral) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 0, max: Math.round((max - min) / step) })
        .map((steps) => min + steps * step)
        .map((value) => Math.min(max, value)),
    },
    { weight: 2, arbitrary: fc.double({ min, max, noNaN: true }) },
  );
}
