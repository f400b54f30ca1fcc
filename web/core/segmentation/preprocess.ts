import { type Raster, wordsOf } from '../raster/raster.ts';
import type { ModelFrame } from './model-space.ts';

/** ImageNet statistics in 8-bit units, red, green, blue: what this encoder was trained with. */
const PIXEL_MEAN = [123.675, 116.28, 103.53] as const;
const PIXEL_DEVIATION = [58.395, 57.12, 57.375] as const;

/** What becomes of each of the 256 bytes, in each of the three channels. */
const NORMALISED = PIXEL_MEAN.map((mean, channel) =>
  Float32Array.from({ length: 256 }, (_, byte) => (byte - mean) / PIXEL_DEVIATION[channel]),
);

/**
 * The encoder's input: float32 [1, 3, grid height, grid width] (planes red, green, blue; rows;
 * columns), `(byte − mean) / deviation`, zeros right of and below the picture. A transparent
 * pixel is drawn towards zero, the mean colour, so that what shows nothing looks like padding.
 * @param picture upright and already resized to the frame's input.
 * @throws RangeError when it has another size.
 */
export function imageTensor(
  picture: Raster,
  { input, grid }: ModelFrame,
): Float32Array<ArrayBuffer> {
  const { width, height } = picture;
  if (width !== input.width || height !== input.height) {
    throw new RangeError(
      `The encoder expects ${input.width} × ${input.height} pixels, got ${width} × ${height}.`,
    );
  }
  const plane = grid.width * grid.height;
  const tensor = new Float32Array(3 * plane);
  const [reds, greens, blues] = NORMALISED;
  const words = wordsOf(picture);
  for (let y = 0, from = 0; y < height; y++) {
    let to = y * grid.width;
    for (const end = to + width; to < end; to++, from++) {
      const word = words[from];
      const red = reds[word & 255];
      const green = greens[(word >>> 8) & 255];
      const blue = blues[(word >>> 16) & 255];
      const alpha = word >>> 24;
      const isOpaque = alpha === 255;
      tensor[to] = isOpaque ? red : (red * alpha) / 255;
      tensor[to + plane] = isOpaque ? green : (green * alpha) / 255;
      tensor[to + 2 * plane] = isOpaque ? blue : (blue * alpha) / 255;
    }
  }
  return tensor;
}
