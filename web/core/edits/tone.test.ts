import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EDIT_RANGES, NEUTRAL_EDITS } from './edits.ts';
import { portableLog, portablePow } from './portable-math.ts';
import { toneTable } from './tone.ts';

/** Bytes that a table of working values stands for. */
function rounded(table: Float64Array): number[] {
  return Array.from(table, (v) => Math.floor(v * 255 + 0.5));
}

describe('gamma', () => {
  test('gives the bytes of Math.pow for every byte over a dense sweep', () => {
    const plain = Float64Array.from({ length: 256 }, (_, byte) => byte / 255);
    for (let thousandth = -900; thousandth <= 2000; thousandth += 7) {
      const gamma = thousandth / 1000;
      if (gamma === 0) continue;
      const expected = plain.map((v) => v ** (1 / (1 + gamma)));
      const table = toneTable({ ...NEUTRAL_EDITS, gamma });
      expect(rounded(table), `gamma ${gamma}`).toEqual(rounded(expected));
    }
  });
});

test('tables rise from left to right, so order among pixels is kept', () => {
  const within = (name: string) => {
    const range = EDIT_RANGES.find((candidate) => candidate.name === name);
    return fc.double({ min: range?.min ?? 0, max: range?.max ?? 0, noNaN: true });
  };
  fc.assert(
    fc.property(
      within('brightness'),
      within('contrast'),
      within('gamma'),
      (brightness, contrast, gamma) => {
        const table = toneTable({ ...NEUTRAL_EDITS, brightness, contrast, gamma });
        table.forEach((v, byte) => {
          expect(v).toBeGreaterThanOrEqual(byte === 0 ? 0 : table[byte - 1]);
        });
        expect(table[255]).toBeLessThanOrEqual(1);
      },
    ),
  );
});

describe('portable power and logarithm', () => {
  // Squares of doubles with at most 26 bits are exact, so their roots are known without rounding.
  test('are exact where the answer is a double', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), (n) => {
        const root = n / 2 ** 26;
        expect(portablePow(root * root, 0.5)).toBe(root);
        expect(portablePow(root, 2)).toBe(root * root);
      }),
    );
    expect([portablePow(0, 0.4), portablePow(1, 9.9)]).toEqual([0, 1]);
  });

  // Just below 1 the root lies within 2⁻¹⁰⁵ of the middle between two doubles.
  test('agree with the square root to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (x) => {
        expect(portablePow(x, 0.5)).toBe(Math.sqrt(x));
      }),
    );
  });

  test('agree with this engine within the last two bits', () => {
    const close = (ours: number, engine: number) =>
      expect(Math.abs(ours - engine)).toBeLessThanOrEqual(Math.abs(engine) * 2 ** -51);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-17, max: 1, minExcluded: true, noNaN: true }),
        fc.double({ min: 1 / 3, max: 10, noNaN: true }),
        (x, exponent) => {
          close(portablePow(x, exponent), x ** exponent);
          close(portableLog(x), Math.log(x));
        },
      ),
    );
  });
});
