import { Jimp } from 'jimp';
import sharp from 'sharp';
import type { Raster } from '../../web/core/raster/raster.ts';

/** Jimp's nearest to brightness, contrast, hue, saturation and opacity; it has no gamma. */
export function jimpChain({ width, height, data }: Raster): Uint8Array {
  const image = Jimp.fromBitmap({ width, height, data: Buffer.from(data) });
  const source = image.clone();
  image
    .brightness(1.05)
    .contrast(0.2)
    .color([
      { apply: 'hue', params: [25] },
      { apply: 'saturate', params: [30] },
    ]);
  return source.composite(image, 0, 0, { opacitySource: 0.8, opacityDest: 1, mode: 'srcOver' })
    .bitmap.data;
}

export function jimpBrightness({ width, height, data }: Raster): Uint8Array {
  return Jimp.fromBitmap({ width, height, data: Buffer.from(data) }).brightness(1.05).bitmap.data;
}

/** RGB bytes for sharp: without alpha it has least to do. */
export function withoutAlpha({ width, height, data }: Raster): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    rgb[pixel * 3] = data[pixel * 4];
    rgb[pixel * 3 + 1] = data[pixel * 4 + 1];
    rgb[pixel * 3 + 2] = data[pixel * 4 + 2];
  }
  return rgb;
}

/** Brightness and contrast as one linear step, gamma, hue and saturation; no opacity. */
export function sharpChain(rgb: Buffer, width: number, height: number): Promise<Buffer> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .gamma(1.3, 1)
    .modulate({ hue: 25, saturation: 1.3 })
    .linear(1.2, -0.2 * 128 + 13)
    .raw()
    .toBuffer();
}

export function sharpBrightness(rgb: Buffer, width: number, height: number): Promise<Buffer> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .linear(1, 13)
    .raw()
    .toBuffer();
}
