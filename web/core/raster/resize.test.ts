import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRaster, type Raster } from './raster.ts';
import { resizeBilinear } from './resize.ts';

function grayRow(...levels: number[]): Raster {
  const raster = createRaster(levels.length, 1);
  levels.forEach((level, x) => {
    raster.data.set([level, level, level, 255], x * 4);
  });
  return raster;
}

function reds({ data }: Raster): number[] {
  return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4]);
}

describe('without antialias', () => {
  // torch.nn.functional.interpolate(x, size, mode='bilinear', align_corners=False): output i reads
  // at (i + 0.5) · scale − 0.5.
  test('doubling reads at quarter positions and repeats the border', () => {
    const larger = resizeBilinear(grayRow(0, 100, 200), 6, 1, { antialias: false });
    expect(reds(larger)).toEqual([0, 25, 75, 125, 175, 200]);
  });

  test('shrinking reads two neighbours and skips the rest', () => {
    const smaller = resizeBilinear(grayRow(0, 10, 200, 40, 90, 100, 7, 9), 2, 1, {
      antialias: false,
    });
    expect(reds(smaller)).toEqual([105, 54]);
  });
});

describe('with antialias', () => {
  // A triangle of half-width 2 around 0.5 and 2.5: weights 3:3:1 and 1:3:3 of 7.
  test('halving weighs by a triangle as wide as the scale', () => {
    const smaller = resizeBilinear(grayRow(0, 70, 140, 210), 2, 1, { antialias: true });
    expect(reds(smaller)).toEqual([50, 160]);
  });

  test('growing is the same as without', () => {
    const row = grayRow(3, 250, 17, 99);
    expect(resizeBilinear(row, 9, 3, { antialias: true })).toEqual(
      resizeBilinear(row, 9, 3, { antialias: false }),
    );
  });
});

test('transparent pixels lend no colour', () => {
  const raster = createRaster(2, 1);
  raster.data.set([200, 10, 0, 255, 0, 255, 255, 0]);
  const [r, g, b, alpha] = resizeBilinear(raster, 1, 1, { antialias: true }).data;
  expect([r, g, b, alpha]).toEqual([200, 10, 0, 128]);
});

const side = fc.integer({ min: 1, max: 12 });

test('a flat picture stays flat at every size', () => {
  fc.assert(
    fc.property(
      fc.tuple(side, side, side, side),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      ([w, h, toW, toH], pixel, antialias) => {
        const flat = createRaster(w, h);
        for (let at = 0; at < flat.data.length; at += 4) flat.data.set(pixel, at);
        const resized = resizeBilinear(flat, toW, toH, { antialias });
        const same = w === toW && h === toH;
        const expected = pixel[3] === 0 && !same ? [0, 0, 0, 0] : pixel;
        for (let at = 0; at < resized.data.length; at += 4) {
          expect([...resized.data.subarray(at, at + 4)]).toEqual(expected);
        }
      },
    ),
  );
});

test('mirroring before or after is the same', () => {
  const mirrored = (levels: readonly number[]) => grayRow(...[...levels].reverse());
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 12 }),
      side,
      fc.boolean(),
      (levels, to, antialias) => {
        const after = reds(resizeBilinear(grayRow(...levels), to, 1, { antialias })).reverse();
        const before = reds(resizeBilinear(mirrored(levels), to, 1, { antialias }));
        // A value in the middle between two levels may round either way.
        before.forEach((level, i) => {
          expect(Math.abs(level - after[i])).toBeLessThanOrEqual(1);
        });
      },
    ),
  );
});

test('the same size is an exact copy, transparent colours too', () => {
  const raster = createRaster(2, 1);
  raster.data.set([1, 2, 3, 0, 4, 5, 6, 255]);
  const copy = resizeBilinear(raster, 2, 1, { antialias: true });
  expect(copy.data).toEqual(raster.data);
  expect(copy.data).not.toBe(raster.data);
});
