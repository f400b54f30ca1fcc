import type { OutputFormat } from '../core/dataset/image-format.ts';
import type { Effort } from '../core/export/recipe.ts';
import { isOpaque } from '../core/raster/opaque.ts';
import { createRaster, type Raster } from '../core/raster/raster.ts';
import type { Bytes } from './bytes.ts';
import type { Codecs } from './codecs/codecs.ts';
import { withIcc } from './metadata/write-icc.ts';

/** How a picture is written. */
export interface EncodeOptions {
  readonly format: OutputFormat;
  /** 1…100 for JPEG and WebP, 'lossless' for WebP. PNG is always exact and ignores it. */
  readonly quality: number | 'lossless';
  /** How hard to try for a small file, 'balanced' when absent. PNG has one way only. */
  readonly effort?: Effort;
  /** Colour profile to put in; the pixels are not converted. */
  readonly icc: Bytes | null;
}

/** JPEG has no lossless mode here: asked for one, it gives the best it has. */
const BEST_JPEG = 100;

/**
 * Writes a picture. The same raster and options give the same bytes in every browser and in
 * Node. No EXIF is written, so neither position nor serial numbers get out.
 */
export async function encodeImage(
  raster: Raster,
  { format, quality, effort = 'balanced', icc }: EncodeOptions,
  codecs: Codecs,
): Promise<Bytes> {
  const file = await encodePixels(raster, format, quality, effort, codecs);
  return icc ? withIcc(format, file, icc, raster) : file;
}

function encodePixels(
  raster: Raster,
  format: OutputFormat,
  quality: number | 'lossless',
  effort: Effort,
  codecs: Codecs,
): Promise<Bytes> {
  switch (format) {
    case 'png':
      return codecs.png.encode(raster);
    case 'webp':
      return codecs.webp.encode(raster, quality, effort);
    case 'jpg':
      return codecs.jpeg.encode(
        onWhite(raster),
        quality === 'lossless' ? BEST_JPEG : quality,
        effort,
      );
  }
}

/** JPEG has no alpha: what is transparent becomes white. Opaque pictures pass untouched. */
export function onWhite(raster: Raster): Raster {
  if (isOpaque(raster)) return raster;
  const { width, height, data } = raster;
  const flat = createRaster(width, height);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3];
    for (let channel = 0; channel < 3; channel += 1) {
      const blended = data[i + channel] * alpha + 255 * (255 - alpha);
      flat.data[i + channel] = Math.floor(blended / 255 + 0.5);
    }
    flat.data[i + 3] = 255;
  }
  return flat;
}
