import { outputSize } from '../dataset/output-size.ts';
import type { Mask } from '../mask/mask.ts';
import { shrinkMask } from '../mask/shrink-mask.ts';
import type { Raster } from '../raster/raster.ts';
import { resizeBilinear } from '../raster/resize.ts';
import { applyEdits, type EditLayer, type EditOptions } from './apply.ts';

export interface RenderOptions extends EditOptions {
  /** Longer side of the result at most, px; null for the photo's own size. */
  readonly maxSide: number | null;
}

/** A variant before it is encoded: picture and mask in one size. */
export interface Rendered {
  readonly raster: Raster;
  readonly mask: Mask;
}

/**
 * Edits a photo in its own size, then makes picture and mask smaller if asked to. In the photo's
 * own size pixels outside every mask are the source's; a smaller picture is the smaller copy of
 * those pixels.
 *
 * @param mask the whole template's mask, in the photo's size
 * @throws RangeError when a layer's mask has another size than the source
 */
export function renderVariant(
  source: Raster,
  layers: readonly EditLayer[],
  mask: Mask,
  { imageHash, maxSide }: RenderOptions,
): Rendered {
  const edited = applyEdits(source, layers, { imageHash });
  const { width, height } = outputSize(source, maxSide);
  if (width === source.width && height === source.height) return { raster: edited, mask };
  return {
    raster: resizeBilinear(edited, width, height, { antialias: true }),
    mask: shrinkMask(mask, { width, height }),
  };
}
