import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitInto, pan, toImage, toScreen, zoomAt } from './viewport.ts';

const size = fc.record({
  width: fc.integer({ min: 1, max: 12_000 }),
  height: fc.integer({ min: 1, max: 12_000 }),
});
const room = fc.record({
  width: fc.integer({ min: 200, max: 3000 }),
  height: fc.integer({ min: 200, max: 2000 }),
});
const point = fc.record({
  x: fc.double({ min: -2000, max: 4000, noNaN: true }),
  y: fc.double({ min: -2000, max: 4000, noNaN: true }),
});

test('a fitted photo is centred below the toolbar and inside its room', () => {
  fc.assert(
    fc.property(size, room, (image, canvas) => {
      const view = fitInto(image, canvas);
      const from = toScreen(view, { x: 0, y: 0 });
      const to = toScreen(view, { x: image.width, y: image.height });
      expect(from.x + to.x).toBeCloseTo(canvas.width, 6);
      const above = from.y + to.y - canvas.height + 16;
      expect(above).toBeGreaterThanOrEqual(16);
      // As high as the toolbar with the space above it, on a screen that is touched.
      if (canvas.height >= 240) expect(above).toBeGreaterThanOrEqual(66);
      expect(to.x - from.x).toBeLessThanOrEqual(Math.max(canvas.width, image.width * 0.021));
    }),
  );
});

test('what is under the pointer stays there while zooming', () => {
  fc.assert(
    fc.property(size, room, point, fc.double({ min: 0.2, max: 5, noNaN: true }), (i, r, at, by) => {
      const before = fitInto(i, r);
      const under = toImage(before, at);
      const after = toScreen(zoomAt(before, at, by), under);
      expect(after.x).toBeCloseTo(at.x, 5);
      expect(after.y).toBeCloseTo(at.y, 5);
    }),
  );
});

test('screen and image coordinates are inverse to each other', () => {
  fc.assert(
    fc.property(size, room, point, (image, canvas, at) => {
      const view = fitInto(image, canvas);
      const back = toScreen(view, toImage(view, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }),
  );
});

test('a photo cannot be moved out of sight', () => {
  fc.assert(
    fc.property(size, room, point, (image, canvas, by) => {
      const fitted = fitInto(image, canvas);
      const moved = pan(fitted, { x: by.x * 100, y: by.y * 100 }, image, canvas, 64);
      const from = toScreen(moved, { x: 0, y: 0 });
      const to = toScreen(moved, { x: image.width, y: image.height });
      expect(from.x).toBeLessThanOrEqual(canvas.width - 64 + 1e-9);
      expect(to.x).toBeGreaterThanOrEqual(64 - 1e-6);
    }),
  );
});
