import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpaque } from './opaque.ts';
import { createRaster } from './raster.ts';

test('one pixel that is not opaque is found wherever it is', () => {
  const size = { width: 97, height: 131 };
  const count = size.width * size.height;
  fc.assert(
    fc.property(fc.nat(count - 1), fc.integer({ min: 0, max: 254 }), (pixel, alpha) => {
      const raster = createRaster(size.width, size.height);
      raster.data.fill(255);
      expect(isOpaque(raster)).toBe(true);
      raster.data[4 * pixel + 3] = alpha;
      expect(isOpaque(raster)).toBe(false);
    }),
  );
});
