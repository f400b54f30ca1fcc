import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDraw, type DrawKey } from './draw.ts';
import { EDIT_RANGES, NEUTRAL_EDITS } from './edits.ts';
import type { EditSettings } from './settings.ts';

type Key = DrawKey & { readonly photo: string };

const drawEdits = (edits: EditSettings, count: number, { photo, ...key }: Key) =>
  createDraw(edits, count, key)(photo);

const hash = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join(''));
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const key: fc.Arbitrary<Key> = fc.record({
  seed,
  shuffle: seed,
  componentId: fc.string(),
  photo: hash,
});

/** Any edits within their limits, each fixed or a range, ends on the slider's steps. */
const settings = fc.record(
  Object.fromEntries(
    EDIT_RANGES.map(({ name, min, max, step }) => {
      const end = fc
        .integer({ min: 0, max: Math.round((max - min) / step) })
        .map((steps) => Number((min + steps * step).toFixed(3)));
      const range = fc
        .tuple(end, end)
        .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
      return [name, fc.oneof(end, range)];
    }),
  ),
) as unknown as fc.Arbitrary<EditSettings>;

const HUE: EditSettings = { ...NEUTRAL_EDITS, hue: { from: -30, to: 30 } };
const KEY: Key = { seed: 1, shuffle: 0, componentId: 'sheep/body', photo: 'ab'.repeat(32) };

test('every value lies in its range, and fixed ones stay what they are', () => {
  fc.assert(
    fc.property(settings, fc.integer({ min: 1, max: 20 }), key, (given, count, by) => {
      const drawn = drawEdits(given, count, by);
      expect(drawn).toHaveLength(count);
      for (const edits of drawn) {
        for (const { name } of EDIT_RANGES) {
          const setting = given[name];
          if (typeof setting === 'number') expect(edits[name]).toBe(setting);
          else {
            expect(edits[name]).toBeGreaterThanOrEqual(setting.from);
            expect(edits[name]).toBeLessThanOrEqual(setting.to);
          }
        }
      }
    }),
  );
});

test('each of the equal parts of a range gives exactly one variant its value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), key, (count, by) => {
      const range = { from: -90, to: 90 };
      const drawn = drawEdits({ ...NEUTRAL_EDITS, hue: range }, count, by);
      const sorted = drawn.map(({ hue }) => hue).sort((a, b) => a - b);
      // Rounding to a tenth of a degree may carry a value over its part's border.
      sorted.forEach((hue, part) => {
        expect(hue).toBeGreaterThanOrEqual(range.from + (180 * part) / count - 0.05 - 1e-9);
        expect(hue).toBeLessThanOrEqual(range.from + (180 * (part + 1)) / count + 0.05 + 1e-9);
      });
    }),
  );
});

test('edits do not go hand in hand', () => {
  const both = { ...HUE, contrast: { from: -0.5, to: 0.5 } };
  const orders = Array.from({ length: 40 }, (_, i) => {
    const drawn = drawEdits(both, 6, { ...KEY, seed: i });
    const order = (values: number[]) => values.map((v) => values.filter((w) => w < v).length);
    return order(drawn.map(({ hue }) => hue)).join() === order(drawn.map((e) => e.contrast)).join();
  });
  // Of 6! = 720 orders one is the same.
  expect(orders.filter(Boolean).length).toBeLessThan(3);
});

test('with one variant a photo, photos cover the range between them', () => {
  const hues = Array.from({ length: 1000 }, (_, i) => {
    const photo = (i * 0x9e3779b9).toString(16).padStart(64, '0');
    const shifted = `${photo.slice(48)}${photo.slice(0, 48)}`;
    return drawEdits(HUE, 1, { ...KEY, photo: shifted })[0].hue;
  });
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    const from = -30 + tenth * 6;
    return hues.filter((hue) => hue >= from && hue < from + 6).length;
  });
  // 100 are expected in each; five standard deviations are 47.
  for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(47);
});

test('nothing but the key counts, and all of it does', () => {
  const values = (change: Partial<Key>) =>
    drawEdits(HUE, 5, { ...KEY, ...change }).map(({ hue }) => hue);
  const before = values({});
  expect(values({})).toEqual(before);
  for (const change of [
    { seed: 2 },
    { shuffle: 1 },
    { componentId: 'sheep/head' },
    { photo: 'cd'.repeat(32) },
  ]) {
    expect(values(change)).not.toEqual(before);
  }
});

test('values read well, and are those of every engine', () => {
  expect(drawEdits(HUE, 5, KEY).map(({ hue }) => hue)).toEqual([7.7, -4.9, 28, -19.3, -11.1]);
});

test('without a range nothing is drawn', () => {
  const [first, second] = drawEdits(NEUTRAL_EDITS, 2, KEY);
  expect(first).toBe(NEUTRAL_EDITS);
  expect(second).toBe(NEUTRAL_EDITS);
});
