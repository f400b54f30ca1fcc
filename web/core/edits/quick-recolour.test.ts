import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { blendOf } from './blend.ts';
import { NEUTRAL_EDITS } from './edits.ts';
import { QUICK_SPAN, quickRecolour } from './quick-recolour.ts';
import { recolourSpan } from './recolour.ts';
import { anyEdits, POINTWISE } from './testing/any-edits.ts';
import { type PixelEdits, pixelEdits } from './working-values.ts';

const anyColourful = anyEdits(POINTWISE).filter(
  ({ hue, saturation }) => hue !== 0 || saturation !== 0,
);

/** Colours of the whole cube: each step is prime to 256, so they do not repeat in a span. */
function colours(count: number, start: number): Uint8Array {
  return Uint8Array.from({ length: count * 4 }, (_, i) => {
    const n = start + (i >> 2);
    return [n * 67, (n >> 3) * 29, (n >> 7) * 101, n][i % 4];
  });
}

/** The same bytes by both ways. */
function bothWays(bytes: Uint8Array, edits: typeof NEUTRAL_EDITS, from: number, to: number) {
  const { tone, recolouring } = pixelEdits(edits, false) as Required<PixelEdits>;
  const blend = blendOf(edits.opacity);
  const expected = bytes.slice();
  recolourSpan(expected, from, to, tone, recolouring!, blend, null, 0);
  const quick = quickRecolour(tone, recolouring!, blend)!;
  const got = bytes.slice();
  for (let at = from; at < to; at += QUICK_SPAN) {
    quick.recolour(got, at, Math.min(to, at + QUICK_SPAN));
  }
  return { got, expected };
}

/** Compared as one value: a difference in a hundred thousand bytes should not be printed. */
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b));

describe('the same bytes as one pixel at a time', () => {
  it('in any edits, for colours from all over', () => {
    fc.assert(
      fc.property(anyColourful, fc.nat({ max: 1 << 24 }), (edits, start) => {
        const { got, expected } = bothWays(colours(12_000, start), edits, 0, 12_000);
        expect(sameBytes(got, expected)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('in spans of any place and length, and nothing else changes', () => {
    const anySpan = fc.record({
      from: fc.nat({ max: 70 }),
      length: fc.integer({ min: 1, max: 9000 }),
    });
    fc.assert(
      fc.property(anyColourful, anySpan, (edits, { from, length }) => {
        const { got, expected } = bothWays(colours(9100, length), edits, from, from + length);
        expect(sameBytes(got, expected)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  // Brightness 0.1 puts the largest channel of every pixel exactly between two levels.
  test.each([0.1, 0.3, -0.1])('where every pixel is in doubt: brightness %d', (brightness) => {
    const edits = { ...NEUTRAL_EDITS, brightness, hue: 40 };
    const { got, expected } = bothWays(colours(20_000, 1), edits, 0, 20_000);
    expect(sameBytes(got, expected)).toBe(true);
  });
});
