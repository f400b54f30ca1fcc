import type { Size } from '../../core/geometry/spaces.ts';
import { createMask, type Mask } from '../../core/mask/mask.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { resizeBilinear } from '../../core/raster/resize.ts';

/** The size with the same shape whose longer side is `longSide`; at least one pixel a side. */
export function withLongSide({ width, height }: Size, longSide: number): Size {
  const scale = longSide / Math.max(width, height);
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  return { width: side(width), height: side(height) };
}

/** The same picture when it fits into `maxSide`, else a smaller one. */
export function shrinkTo(raster: Raster, maxSide: number): Raster {
  if (Math.max(raster.width, raster.height) <= maxSide) return raster;
  const { width, height } = withLongSide(raster, maxSide);
  return resizeBilinear(raster, width, height, { antialias: true });
}

/** A mask at another size: every pixel takes what lies under its centre. */
export function maskAtSize(mask: Mask, { width, height }: Size): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.floor(((x + 0.5) * mask.width) / width),
  );
  const small = createMask(width, height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x += 1) small.data[y * width + x] = mask.data[row + columns[x]];
  }
  return small;
}
