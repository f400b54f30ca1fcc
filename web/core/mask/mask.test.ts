import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask, isEmptyMask, maskArea } from './mask.ts';

/** Pixels anywhere in a larger buffer, as a mask that came with a message may lie. */
const pixels = fc
  .tuple(
    fc.integer({ min: 0, max: 7 }),
    fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 5000 }),
  )
  .map(([offset, values]) => {
    const data = new Uint8Array(new ArrayBuffer(offset + values.length), offset);
    data.set(values);
    return data;
  });

test('the area is the number of pixels inside, wherever they lie in memory', () => {
  fc.assert(
    fc.property(pixels, (data) => {
      const mask = createMask(data.length, 1, data);
      const area = data.reduce((sum, pixel) => sum + pixel, 0);
      expect(maskArea(mask)).toBe(area);
      expect(isEmptyMask(mask)).toBe(area === 0);
    }),
  );
});

test('a large mask that is full has as many pixels inside as it has', () => {
  expect(maskArea(createMask(1021, 503, new Uint8Array(1021 * 503).fill(1)))).toBe(1021 * 503);
});
