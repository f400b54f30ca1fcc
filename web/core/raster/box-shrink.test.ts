import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxShrink, LARGEST_BLOCK } from './box-shrink.ts';
import { createRaster } from './raster.ts';

test('every pixel is the mean of its block, rounded half up; incomplete blocks are left out', () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      fc.tuple(side, side).chain(([width, height]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          factor: fc.integer({ min: 1, max: Math.min(width, height, LARGEST_BLOCK) }),
          bytes: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
        }),
      ),
      ({ width, height, factor, bytes }) => {
        const raster = createRaster(width, height);
        raster.data.set(bytes.map((byte, i) => (i % 4 === 3 ? 255 : byte)));
        const small = boxShrink(raster, factor);
        expect([small.width, small.height]).toEqual([
          Math.floor(width / factor),
          Math.floor(height / factor),
        ]);
        const means = Array.from(small.data, (_, i) => {
          const [x, y] = [(i >> 2) % small.width, Math.floor((i >> 2) / small.width)];
          let sum = 0;
          for (let n = 0; n < factor * factor; n += 1) {
            const row = y * factor + Math.floor(n / factor);
            sum += raster.data[(row * width + x * factor + (n % factor)) * 4 + (i % 4)];
          }
          return Math.round(sum / factor ** 2);
        });
        expect([...small.data]).toEqual(means);
      },
    ),
  );
});
