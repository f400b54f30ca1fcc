import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelComponents } from './components.ts';
import { fillOutline, fillRings } from './fill.ts';
import { createMask, maskArea } from './mask.ts';
import { maskOutline, type Ring } from './outline.ts';
import { blockMask, drawnMask } from './testing/masks.ts';

const side = fc.integer({ min: 1, max: 14 });
const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 200, size: 'max' }),
  })
  .map(blockMask);

/** Shoelace formula with y down: positive when the ring runs clockwise on the screen. */
function signedArea(ring: Ring): number {
  let doubled = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    doubled += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
  }
  return doubled / 2;
}

test('a rectangle has four corners on pixel edges', () => {
  const [part] = maskOutline(drawnMask('....', '.##.', '.##.'));
  expect(part).toEqual({ outer: [1, 1, 3, 1, 3, 3, 1, 3], holes: [] });
});

test('a hole belongs to the part around it, an island in it is a part of its own', () => {
  const parts = maskOutline(
    drawnMask('#######', '#.....#', '#.###.#', '#.#.#.#', '#.###.#', '#.....#', '#######'),
  );
  expect(parts.map(({ outer, holes }) => [signedArea(outer), holes.map(signedArea)])).toEqual([
    [49, [-25]],
    [9, [-1]],
  ]);
});

test('pixels that share only a corner are two parts', () => {
  expect(maskOutline(drawnMask('#.', '.#')).map(({ outer }) => outer)).toEqual([
    [0, 0, 1, 0, 1, 1, 0, 1],
    [1, 1, 2, 1, 2, 2, 1, 2],
  ]);
});

test('an empty mask has no outline', () => {
  expect(maskOutline(createMask(3, 3))).toEqual([]);
});

test('filling the rings again gives the mask, exactly', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const parts = maskOutline(mask);
      expect(fillOutline(parts, mask.width, mask.height)).toEqual(mask);
    }),
    { numRuns: 300 },
  );
});

test('each part is one component: its rings alone fill its own pixels', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const parts = maskOutline(mask);
      const { labels, areas } = labelComponents(mask, 4);
      expect(parts).toHaveLength(areas.length);
      parts.forEach((part, i) => {
        const filled = fillOutline([part], mask.width, mask.height);
        expect(maskArea(filled)).toBe(areas[i]);
        expect(labels[filled.data.indexOf(1)]).toBe(i + 1);
        expect(filled.data.every((value, at) => value === 0 || labels[at] === i + 1)).toBe(true);
        const enclosed = [part.outer, ...part.holes].map(signedArea);
        expect(enclosed[0]).toBeGreaterThan(0);
        expect(enclosed.slice(1).every((area) => area < 0)).toBe(true);
        expect(enclosed.reduce((sum, area) => sum + area, 0)).toBe(areas[i]);
      });
    }),
  );
});

test('consecutive corners turn: no point lies on a straight line', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      for (const { outer, holes } of maskOutline(mask)) {
        for (const ring of [outer, ...holes]) {
          for (let i = 0; i < ring.length; i += 2) {
            const j = (i + 2) % ring.length;
            const k = (i + 4) % ring.length;
            expect(ring[i] === ring[j]).toBe(ring[j + 1] === ring[k + 1]);
          }
        }
      }
    }),
  );
});

test('slanted and overhanging polygons fill the pixels whose centre they hold', () => {
  expect(fillRings([[0, 0, 4, 0, 0, 4]], 4, 4)).toEqual(drawnMask('###.', '##..', '#...', '....'));
  expect(fillRings([[-5, -5, 9, -5, 9, 9, -5, 9]], 2, 2)).toEqual(drawnMask('##', '##'));
});
