import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insideSpans, LONGEST_SPAN, spanRoom } from './spans.ts';

function spansOf(inside: Uint8Array, from: number, to: number): (readonly [number, number])[] {
  const room = spanRoom(to - from);
  const count = insideSpans(inside, from, to, room);
  return Array.from({ length: count / 2 }, (_, i) => [room[2 * i], room[2 * i + 1]] as const);
}

test('runs of a stretch, cut at its ends', () => {
  const inside = Uint8Array.from('0110010111', Number);
  expect(spansOf(inside, 0, 10)).toEqual([
    [1, 3],
    [5, 6],
    [7, 10],
  ]);
  expect(spansOf(inside, 2, 8)).toEqual([
    [2, 3],
    [5, 6],
    [7, 8],
  ]);
  expect(spansOf(inside, 3, 5)).toEqual([]);
  expect(spansOf(inside, 4, 4)).toEqual([]);
});

test('every inside pixel is in exactly one span, in order, none longer than allowed', () => {
  const run = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 * LONGEST_SPAN }));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
      const bits = Uint8Array.from(
        runs.flatMap(([isInside, length]) => Array<number>(length).fill(isInside ? 1 : 0)),
      );
      const seen = new Uint8Array(bits.length);
      let last = 0;
      for (const [start, end] of spansOf(bits, 0, bits.length)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end - start).toBeLessThanOrEqual(LONGEST_SPAN);
        seen.fill(1, start, end);
        last = end;
      }
      expect(seen).toEqual(bits);
    }),
  );
});
