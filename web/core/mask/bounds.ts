import type { ImageBox } from '../geometry/spaces.ts';
import type { Mask } from './mask.ts';

/** A rectangle of whole pixels: columns x0 … x1 − 1, rows y0 … y1 − 1. */
export type PixelRect = ImageBox;

/** The smallest rectangle that holds every pixel of the mask, or null when the mask is empty. */
export function maskBounds(mask: Mask): PixelRect | null {
  const { width, data } = mask;
  const first = data.indexOf(1);
  if (first === -1) return null;
  const y0 = Math.floor(first / width);
  const y1 = Math.floor(data.lastIndexOf(1) / width) + 1;
  let x0 = width;
  let x1 = 0;
  for (let y = y0; y < y1; y += 1) {
    const row = y * width;
    for (let x = 0; x < x0; x += 1) {
      if (data[row + x] === 1) x0 = x;
    }
    for (let x = width - 1; x >= x1; x -= 1) {
      if (data[row + x] === 1) x1 = x + 1;
    }
  }
  return { x0, y0, x1, y1 };
}
