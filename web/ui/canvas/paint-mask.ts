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

/** A mask as a picture to lay over the photo: tinted inside, with a bright edge. */
export function paintMask(mask: Mask, [red, green, blue]: Colour): ImageData {
  const { width, height, data } = mask;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  // ImageData is RGBA in memory; every platform that browsers run on is little-endian.
  const rgb = (blue << 16) | (green << 8) | red;
  const fill = ((FILL_ALPHA << 24) | rgb) >>> 0;
  const edge = ((EDGE_ALPHA << 24) | rgb) >>> 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const i = row + x;
      if (data[i] === 0) continue;
      const isEdge =
        x === 0 ||
        y === 0 ||
        x === width - 1 ||
        y === height - 1 ||
        (data[i - 1] & data[i + 1] & data[i - width] & data[i + width]) === 0;
      pixels[i] = isEdge ? edge : fill;
    }
  }
  return image;
}
