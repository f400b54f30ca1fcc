import type { PixelRect } from '../../core/mask/bounds.ts';
import type { Mask } from '../../core/mask/mask.ts';

/** Red, green, blue, 0…255. */
export type Colour = readonly [number, number, number];

/** One colour per component, told apart by hue and by lightness. */
export const COMPONENT_COLOURS: readonly Colour[] = [
  [64, 140, 255],
  [255, 128, 64],
  [80, 200, 120],
  [220, 90, 220],
  [240, 200, 60],
  [80, 210, 220],
];

const FILL_ALPHA = 105;
const EDGE_ALPHA = 255;

/**
 * A mask as a picture to lay over the photo: tinted inside, with a bright edge.
 * @param part of the mask that is painted; all of it when absent
 */
export function paintMask(
  mask: Mask,
  [red, green, blue]: Colour,
  part: PixelRect = { x0: 0, y0: 0, x1: mask.width, y1: mask.height },
): ImageData {
  const { width, height, data } = mask;
  const { x0, y0, x1, y1 } = part;
  const image = new ImageData(x1 - x0, y1 - y0);
  const pixels = new Uint32Array(image.data.buffer);
  // ImageData is RGBA in memory; every platform that browsers run on is little-endian.
  const rgb = (blue << 16) | (green << 8) | red;
  const fill = ((FILL_ALPHA << 24) | rgb) >>> 0;
  const edge = ((EDGE_ALPHA << 24) | rgb) >>> 0;
  let at = 0;
  for (let y = y0; y < y1; y++) {
    const row = y * width;
    for (let x = x0; x < x1; x++, at++) {
      const i = row + x;
      if (data[i] === 0) continue;
      const isEdge =
        x === 0 ||
        y === 0 ||
        x === width - 1 ||
        y === height - 1 ||
        (data[i - 1] & data[i + 1] & data[i - width] & data[i + width]) === 0;
      pixels[at] = isEdge ? edge : fill;
    }
  }
  return image;
}
