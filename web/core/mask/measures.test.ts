import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskBounds } from './bounds.ts';
import { labelComponents } from './components.ts';
import { deepestPoint, distanceField } from './distance.ts';
import { maskIou } from './iou.ts';
import { createMask, fullMask, type Mask, maskArea } from './mask.ts';
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

function pixelsOf({ width, data }: Mask): { x: number; y: number }[] {
  const pixels = [];
  for (let i = 0; i < data.length; i += 1) {
    if (data[i] === 1) pixels.push({ x: i % width, y: Math.floor(i / width) });
  }
  return pixels;
}

describe('bounds', () => {
  test('an empty mask has none', () => {
    expect(maskBounds(createMask(4, 3))).toBeNull();
  });

  test('are the extremes of the pixels', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const pixels = pixelsOf(mask);
        fc.pre(pixels.length > 0);
        expect(maskBounds(mask)).toEqual({
          x0: Math.min(...pixels.map(({ x }) => x)),
          y0: Math.min(...pixels.map(({ y }) => y)),
          x1: Math.max(...pixels.map(({ x }) => x)) + 1,
          y1: Math.max(...pixels.map(({ y }) => y)) + 1,
        });
      }),
    );
  });
});

describe('intersection over union', () => {
  test('counts pixels', () => {
    expect(maskIou(drawnMask('###.'), drawnMask('.###'))).toBe(0.5);
    expect(maskIou(drawnMask('#...'), drawnMask('.###'))).toBe(0);
    expect(maskIou(createMask(2, 2), createMask(2, 2))).toBe(1);
  });

  test('masks of different sizes are a mistake', () => {
    expect(() => maskIou(createMask(2, 3), createMask(3, 2))).toThrow('2 × 3');
  });
});

describe('distance', () => {
  /** Every pixel against every pixel outside, the ring around the image included. */
  function bySearching(mask: Mask): number[] {
    const padded = createMask(mask.width + 2, mask.height + 2);
    for (const { x, y } of pixelsOf(mask)) padded.data[(y + 1) * padded.width + x + 1] = 1;
    const outside = pixelsOf({ ...padded, data: padded.data.map((value) => 1 - value) });
    return Array.from(mask.data, (value, i) => {
      if (value === 0) return 0;
      const x = (i % mask.width) + 1;
      const y = Math.floor(i / mask.width) + 1;
      return Math.min(...outside.map((o) => (o.x - x) ** 2 + (o.y - y) ** 2));
    });
  }

  test('is exact everywhere', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const field = distanceField(mask);
        const expected = bySearching(mask);
        if (!field) {
          expect(maskArea(mask)).toBe(0);
          return;
        }
        const { box, squared } = field;
        const columns = box.x1 - box.x0;
        squared.forEach((value, i) => {
          const x = box.x0 + (i % columns);
          const y = box.y0 + Math.floor(i / columns);
          expect(value).toBe(expected[y * mask.width + x]);
        });
      }),
    );
  });

  test('is exact in a large disc, where squares need more than 16 bits', () => {
    const disc = createMask(701, 701);
    for (let i = 0; i < disc.data.length; i += 1) {
      const dx = (i % 701) - 350;
      const dy = Math.floor(i / 701) - 350;
      disc.data[i] = dx * dx + dy * dy <= 350 * 350 ? 1 : 0;
    }
    expect(deepestPoint(disc)).toEqual({ x: 350.5, y: 350.5 });
    // The nearest pixels beyond radius 350 lie 350² + 1 away: (350, 1) and its mirror images.
    expect(distanceField(disc)?.squared[350 * 701 + 350]).toBe(350 * 350 + 1);
  });

  test('the deepest point is a pixel centre and the image border is outside', () => {
    expect(deepestPoint(fullMask(5, 5))).toEqual({ x: 2.5, y: 2.5 });
    expect(deepestPoint(fullMask(4, 4))).toEqual({ x: 1.5, y: 1.5 });
    expect(deepestPoint(drawnMask('#....', '..###', '..###', '..###'))).toEqual({ x: 3.5, y: 2.5 });
    expect(deepestPoint(createMask(3, 3))).toBeNull();
  });
});

describe('components', () => {
  test('a shared corner joins pixels only in 8-connectivity', () => {
    const mask = drawnMask('##..', '..#.', '#..#');
    expect(labelComponents(mask, 4).areas).toEqual([2, 1, 1, 1]);
    expect(labelComponents(mask, 8).areas).toEqual([4, 1]);
    expect([...labelComponents(mask, 8).labels]).toEqual([1, 1, 0, 0, 0, 0, 1, 0, 2, 0, 0, 1]);
  });

  test('rows do not continue at the other side', () => {
    expect(labelComponents(drawnMask('..#', '#..'), 8).areas).toEqual([1, 1]);
  });

  test('labels cover the mask, neighbours share one, areas add up', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { labels, areas } = labelComponents(mask, 4);
        expect(areas.reduce((sum, area) => sum + area, 0)).toBe(maskArea(mask));
        labels.forEach((label, i) => {
          expect(label > 0).toBe(mask.data[i] === 1);
          const right = labels[i + 1];
          if (label && right && (i + 1) % mask.width > 0) expect(right).toBe(label);
          const below = labels[i + mask.width];
          if (label && below) expect(below).toBe(label);
        });
      }),
    );
  });
});
