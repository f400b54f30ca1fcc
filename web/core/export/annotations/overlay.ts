import type { Size } from '../../geometry/spaces.ts';
import { createMask, type Mask } from '../../mask/mask.ts';
import type { Raster } from '../../raster/raster.ts';

/** Longest side of an overlay, in pixels: enough to see whether a mask is right. */
export const OVERLAY_SIDE = 800;

type Colour = readonly [red: number, green: number, blue: number];

/** A pink that photographs rarely hold, and how much of it lies on the object. */
const TINT: Colour = [255, 40, 150];
const TINT_SHARE = 0.4;

/** The size in which a picture's overlay is drawn; never larger than the picture. */
export function overlaySize({ width, height }: Size): Size {
  const scale = Math.min(1, OVERLAY_SIDE / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  return { width: side(width), height: side(height) };
}

/**
 * Draws a mask over a picture, in place: the object is tinted, its border is drawn in full colour,
 * one pixel inside and a white one outside, so that it is seen on any ground.
 *
 * @param raster the picture at `overlaySize`
 * @param mask in the picture's own size; whatever small pixel it touches counts as inside, so that
 *   no part is too small to be seen
 */
export function drawOverlay(raster: Raster, mask: Mask): void {
  const small = touched(mask, raster);
  const { width, height, data } = small;
  const isInside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = data[y * width + x] === 1;
      const isBorder =
        isInside(x - 1, y) !== inside ||
        isInside(x + 1, y) !== inside ||
        isInside(x, y - 1) !== inside ||
        isInside(x, y + 1) !== inside;
      const at = (y * width + x) * 4;
      if (inside) blend(raster.data, at, TINT, isBorder ? 1 : TINT_SHARE);
      else if (isBorder) blend(raster.data, at, [255, 255, 255], 1);
    }
  }
}

function blend(data: Uint8ClampedArray, at: number, colour: Colour, share: number): void {
  colour.forEach((level, channel) => {
    const before = data[at + channel];
    data[at + channel] = Math.floor(before + (level - before) * share + 0.5);
  });
  data[at + 3] = 255;
}

/** The mask at another size: inside is what any pixel of it falls into. */
function touched(mask: Mask, { width, height }: Size): Mask {
  const small = createMask(width, height);
  for (let y = 0; y < mask.height; y += 1) {
    const row = Math.floor((y * height) / mask.height) * width;
    for (let x = 0; x < mask.width; x += 1) {
      if (mask.data[y * mask.width + x] === 0) continue;
      small.data[row + Math.floor((x * width) / mask.width)] = 1;
    }
  }
  return small;
}
