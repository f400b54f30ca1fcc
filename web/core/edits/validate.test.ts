import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDIT_RANGES, NEUTRAL_EDITS } from './edits.ts';
import { checkEdits } from './validate.ts';

function problemOf(value: unknown) {
  const result = checkEdits(value);
  return result.ok ? null : result.problem;
}

test('absent edits are neutral', () => {
  expect(checkEdits({})).toEqual({ ok: true, value: NEUTRAL_EDITS });
  expect(checkEdits({ hue: 40 })).toEqual({ ok: true, value: { ...NEUTRAL_EDITS, hue: 40 } });
});

test.each(EDIT_RANGES)('$name may reach $min and $max and no further', ({ name, min, max }) => {
  expect(checkEdits({ [name]: min }).ok).toBe(true);
  expect(checkEdits({ [name]: max }).ok).toBe(true);
  for (const value of [min - 0.001, max + 0.001, Number.POSITIVE_INFINITY]) {
    expect(problemOf({ [name]: value })).toEqual({ kind: 'out-of-range', name, value, min, max });
  }
  expect(problemOf({ [name]: '0' })).toEqual({ kind: 'not-a-number', name });
  expect(problemOf({ [name]: Number.NaN })).toEqual({ kind: 'not-a-number', name });
  expect(problemOf({ [name]: null })).toEqual({ kind: 'not-a-number', name });
});

test('every unknown name is named', () => {
  const names = ['brightnes', 'Hue', '__proto__', 'toString'];
  const given = JSON.parse('{"brightnes":1,"Hue":2,"hue":3,"__proto__":{"hue":4},"toString":5}');
  expect(problemOf(given)).toEqual({ kind: 'unknown-edits', names });
});

test('what is not an object is refused', () => {
  for (const value of [null, undefined, 3, 'hue', [], [1]]) {
    expect(problemOf(value)).toEqual({ kind: 'not-an-object' });
  }
});

test('whatever comes in, an answer is in range', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.double())), (value) => {
      const result = checkEdits(value);
      if (!result.ok) return;
      for (const { name, min, max } of EDIT_RANGES) {
        expect(result.value[name]).toBeGreaterThanOrEqual(min);
        expect(result.value[name]).toBeLessThanOrEqual(max);
      }
    }),
  );
});
