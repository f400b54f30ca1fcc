import type { Raster } from '../raster/raster.ts';
import type { ModelFrame } from './model-space.ts';

/** ImageNet statistics in 8-bit units, red, green, blue: what this encoder was trained with. */
const PIXEL_MEAN = [123.675, 116.28, 103.53] as const;
const PIXEL_DEVIATION = [58.395, 57.12, 57.375] as const;

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
  const { width, height, data } = picture;
  if (width !== input.width || height !== input.height) {
    throw new RangeError(
      `The encoder expects ${input.width} × ${input.height} pixels, got ${width} × ${height}.`,
    );
  }
  const tensor = new Float32Array(3 * grid.width * grid.height);
  for (let channel = 0; channel < 3; channel++) {
    const normalised = Float32Array.from(
      { length: 256 },
      (_, byte) => (byte - PIXEL_MEAN[channel]) / PIXEL_DEVIATION[channel],
    );
    for (let y = 0; y < height; y++) {
      let from = y * width * 4;
      let to = (channel * grid.height + y) * grid.width;
      for (const end = to + width; to < end; to++, from += 4) {
        const value = normalised[data[from + channel]];
        const alpha = data[from + 3];
        tensor[to] = alpha === 255 ? value : (value * alpha) / 255;
      }
    }
  }
  return tensor;
}
