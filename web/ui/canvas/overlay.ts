import type { Size } from '../../core/geometry/spaces.ts';
import { maskBounds, type PixelRect } from '../../core/mask/bounds.ts';
import type { Mask } from '../../core/mask/mask.ts';
import { type Colour, paintMask } from './paint-mask.ts';

/** A tinted mask, as small as it can be: most objects are much smaller than their photo. */
export interface Overlay {
  readonly bitmap: ImageBitmap;
  /** What part of the mask it is. */
  readonly part: PixelRect;
  readonly mask: Size;
}

/** Null when there is nothing in the mask. */
export async function createOverlay(mask: Mask, colour: Colour): Promise<Overlay | null> {
  const bounds = maskBounds(mask);
  if (!bounds) return null;
  const { width, height } = mask;
  // A transparent pixel around it is what its edge fades into when it is enlarged.
  const part = {
    x0: Math.max(0, bounds.x0 - 1),
    y0: Math.max(0, bounds.y0 - 1),
    x1: Math.min(width, bounds.x1 + 1),
    y1: Math.min(height, bounds.y1 + 1),
  };
  const bitmap = await createImageBitmap(paintMask(mask, colour, part));
  return { bitmap, part, mask: { width, height } };
}
