import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask, fullMask, type Mask, maskArea } from './mask.ts';
import { shrinkMask } from './shrink-mask.ts';

const masks = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
      .map((bits) => createMask(width, height, Uint8Array.from(bits))),
  );

function rows({ width, height, data }: Mask): string {
  return Array.from({ length: height }, (_, y) =>
    data.subarray(y * width, (y + 1) * width).join(''),
  ).join(' ');
}

/** The definition, slowly: both masks blown up to a common grid. */
function slowly(mask: Mask, width: number, height: number): Mask {
  const small = createMask(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let inside = 0;
      for (let v = y * mask.height; v < (y + 1) * mask.height; v++) {
        for (let u = x * mask.width; u < (x + 1) * mask.width; u++) {
          inside += mask.data[Math.floor(v / height) * mask.width + Math.floor(u / width)];
        }
      }
      small.data[y * width + x] = inside * 2 >= mask.width * mask.height ? 1 : 0;
    }
  }
  return small;
}

test('half of the area is enough', () => {
  const mask = createMask(4, 2, Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0));
  expect(rows(shrinkMask(mask, { width: 2, height: 1 }))).toBe('10');
});

test('it is the area average, whatever the sizes', () => {
  fc.assert(
    fc.property(masks, fc.nat(11), fc.nat(11), (mask, w, h) => {
      const size = { width: 1 + (w % mask.width), height: 1 + (h % mask.height) };
      expect(rows(shrinkMask(mask, size))).toBe(rows(slowly(mask, size.width, size.height)));
    }),
  );
});

test('everything stays everything, nothing stays nothing, and the same size is the same mask', () => {
  const size = { width: 3, height: 5 };
  expect(maskArea(shrinkMask(fullMask(7, 11), size))).toBe(15);
  expect(maskArea(shrinkMask(createMask(7, 11), size))).toBe(0);
  const mask = fullMask(3, 5);
  expect(shrinkMask(mask, size)).toBe(mask);
});
