import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Size } from '../geometry/spaces.ts';
import { maskFromLogits } from './logits.ts';
import { frameOf, LOW_RES_SIDE, lowResExtent } from './model-space.ts';

/** The definition, pixel by pixel in float64. */
function bilinear(logits: Float32Array, photo: Size, target: Size, x: number, y: number): number {
  const extent = lowResExtent(frameOf(photo, 'best'));
  const axis = (i: number, from: number, to: number) => {
    const last = Math.max(1, Math.ceil(from)) - 1;
    const at = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), last);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, last), weight: at - low };
  };
  const h = axis(x, extent.width, target.width);
  const v = axis(y, extent.height, target.height);
  const at = (column: number, row: number) => logits[row * LOW_RES_SIDE + column];
  const top = at(h.low, v.low) * (1 - h.weight) + at(h.high, v.low) * h.weight;
  const bottom = at(h.low, v.high) * (1 - h.weight) + at(h.high, v.high) * h.weight;
  return top * (1 - v.weight) + bottom * v.weight;
}

function noise(seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: LOW_RES_SIDE ** 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}

test('equals plain bilinear interpolation, enlarging and reducing, except on the very edge', () => {
  const side = fc.integer({ min: 1, max: 700 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer(),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (width, height, seed, zoom) => {
        const photo = { width, height };
        const target = {
          width: Math.max(1, Math.round(width * zoom)),
          height: Math.max(1, Math.round(height * zoom)),
        };
        const logits = noise(seed);
        const mask = maskFromLogits(logits, frameOf(photo, 'best'), target);
        for (let y = 0; y < target.height; y += 7) {
          for (let x = 0; x < target.width; x += 5) {
            const value = bilinear(logits, photo, target, x, y);
            if (Math.abs(value) < 1e-4) continue;
            if (mask.data[y * target.width + x] !== (value > 0 ? 1 : 0)) {
              expect.fail(`${x}, ${y} of ${target.width} × ${target.height}: logit ${value}`);
            }
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('padding below a wide photo never reaches the mask', () => {
  const photo = { width: 1024, height: 256 };
  const logits = new Float32Array(LOW_RES_SIDE ** 2).fill(-5).fill(5, 64 * LOW_RES_SIDE);
  expect(maskFromLogits(logits, frameOf(photo, 'best'), photo).data.includes(1)).toBe(false);
});

test('half inside is half of any target', () => {
  const logits = Float32Array.from({ length: LOW_RES_SIDE ** 2 }, (_, i) =>
    i % LOW_RES_SIDE < LOW_RES_SIDE / 2 ? 3 : -3,
  );
  for (const width of [100, 256, 1000]) {
    const size = { width, height: width };
    const { data } = maskFromLogits(logits, frameOf(size, 'best'), size);
    expect(data.reduce((sum, value) => sum + value, 0)).toBe((width * width) / 2);
    expect([data[width / 2 - 1], data[width / 2]]).toEqual([1, 0]);
  }
});
