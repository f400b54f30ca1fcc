import { maskBounds } from '../mask/bounds.ts';
import { type Mask, maskArea } from '../mask/mask.ts';
import { isGrayscale } from '../raster/grayscale.ts';
import { createRaster, type Raster } from '../raster/raster.ts';
import { blendOf } from './blend.ts';
import type { EditContext } from './context.ts';
import { type Edits, isNeutral } from './edits.ts';
import { applyPointwise } from './pointwise.ts';
import { layerSeed } from './seed.ts';
import { applySpatial } from './spatial.ts';
import { pixelEdits } from './working-values.ts';

/** One component's part of a variant: where, what, and whose noise. */
export interface EditLayer {
  readonly mask: Mask;
  readonly edits: Edits;
  readonly componentId: string;
}

export interface EditOptions {
  /** Hexadecimal hash of the source image's bytes: part of every layer's noise seed. */
  readonly imageHash: string;
}

/**
 * Applies one layer to RGBA `bytes` in place; opacity blends with what `bytes` held before.
 * Edits must be in range (`checkEdits`).
 * @throws RangeError when `bytes` is not RGBA of the mask's size
 */
export function applyLayer(
  bytes: Uint8Array,
  mask: Mask,
  edits: Edits,
  context: EditContext,
): void {
  if (bytes.length !== mask.width * mask.height * 4) {
    throw new RangeError(
      `The mask is ${mask.width} × ${mask.height}, which needs ${mask.width * mask.height * 4} bytes of pixels, got ${bytes.length}.`,
    );
  }
  if (isNeutral(edits) || edits.opacity === 0) return;
  const box = maskBounds(mask);
  if (!box) return;
  if (edits.sharpen !== 0 || edits.noise !== 0) {
    applySpatial(bytes, mask, box, edits, context);
    return;
  }
  applyPointwise(bytes, mask, box, pixelEdits(edits, context.grayscale), blendOf(edits.opacity));
}

/**
 * Applies the layers in order, each to the result of the one before, and returns a new raster.
 * Pixels outside every mask and all alpha bytes are those of `source`, which is not changed.
 * Equal to `applyEditsReference` byte for byte; the same in every JavaScript engine.
 * @throws RangeError when a mask has another size than the source
 */
export function applyEdits(
  source: Raster,
  layers: readonly EditLayer[],
  { imageHash }: EditOptions,
): Raster {
  const result = createRaster(source.width, source.height, source.data.slice());
  const bytes = new Uint8Array(result.data.buffer);
  const grayscale = isGrayscale(source);
  for (const { mask, edits, componentId } of layers) {
    if (mask.width !== source.width || mask.height !== source.height) {
      throw new RangeError(
        `The mask is ${mask.width} × ${mask.height}, the raster ${source.width} × ${source.height}.`,
      );
    }
    // Only noise reads the seed, and counting a mask takes as long as a table edit.
    const area = edits.noise === 0 ? 0 : maskArea(mask);
    const seed = layerSeed(componentId, area, imageHash);
    applyLayer(bytes, mask, edits, { seed, grayscale });
  }
  return result;
}
