import { applyEdits, type EditLayer } from '../../core/edits/apply.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { requireSameSize } from './check-masks.ts';
import type { PhotoSource, PixelsProblem, Shown } from './contract.ts';
import type { PhotoCache } from './photo-cache.ts';
import type { Screen } from './screen.ts';
import { maskAtSize } from './shrink.ts';

export type Previewer = (
  source: PhotoSource,
  layers: readonly EditLayer[],
  maxSide: number,
) => Promise<Result<Shown, PixelsProblem>>;

const OVERTAKEN: PixelsProblem = { kind: 'overtaken' };

/**
 * Makes previews, newest first. Edits run without a pause, so newer requests can only be noticed
 * between the steps: before each one the waiting messages are let in.
 */
export function createPreviewer(photos: PhotoCache, screen: Screen): Previewer {
  let newest = 0;
  return async (source, layers, maxSide) => {
    newest += 1;
    const ticket = newest;
    const isOvertaken = async () => {
      await screen.letMessagesIn();
      return ticket !== newest;
    };
    if (await isOvertaken()) return fail(OVERTAKEN);
    const photo = await photos.loadShown(source, maxSide);
    if (!photo.ok) return photo;
    if (await isOvertaken()) return fail(OVERTAKEN);
    const { raster, full } = photo.value;
    requireSameSize(
      full,
      layers.map(({ mask }) => mask),
    );
    const small = layers.map((layer) => ({ ...layer, mask: maskAtSize(layer.mask, raster) }));
    const edited = applyEdits(raster, small, { imageHash: source.hash });
    return ok({ bitmap: await screen.toBitmap(edited), ...full });
  };
}
