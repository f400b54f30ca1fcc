import { fail, ok, type Result } from '../../core/flow/result.ts';
import { resizeBilinear } from '../../core/raster/resize.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { isOutOfMemory } from '../../files/out-of-memory.ts';
import type { PixelsProblem, PixelsWorker } from './contract.ts';
import { inspectFile } from './inspect.ts';
import { createPhotoCache } from './photo-cache.ts';
import { createPreviewer } from './preview.ts';
import type { Screen } from './screen.ts';
import { withLongSide } from './shrink.ts';
import { makeVariant } from './variant.ts';

/** What the pixels worker answers, apart from the thread it runs on. */
export function createPixels(codecs: Codecs, screen: Screen): PixelsWorker {
  const photos = createPhotoCache(codecs);
  const preview = createPreviewer(photos, screen);

  /** Lack of memory is an answer; what is kept is let go, so that the next call may succeed. */
  async function answer<Value>(
    work: () => Promise<Result<Value, PixelsProblem>>,
  ): Promise<Result<Value, PixelsProblem>> {
    try {
      return await work();
    } catch (error) {
      if (!isOutOfMemory(error) && !(error instanceof WebAssembly.RuntimeError)) throw error;
      photos.clear();
      return fail({ kind: 'out-of-memory' });
    }
  }

  return {
    inspect: (name, blob, limits) => answer(() => inspectFile(name, blob, limits, codecs, photos)),
    bitmap: (source, maxSide) =>
      answer(async () => {
        const photo = await photos.loadShown(source, maxSide);
        if (!photo.ok) return photo;
        const { raster, full } = photo.value;
        return ok({ bitmap: await screen.toBitmap(raster), ...full });
      }),
    modelInput: (source, longSide) =>
      answer(async () => {
        const photo = await photos.load(source);
        if (!photo.ok) return photo;
        const { width, height } = withLongSide(photo.value.raster, longSide);
        // Always a copy: the caller's thread takes its memory away.
        return ok(resizeBilinear(photo.value.raster, width, height, { antialias: true }));
      }),
    preview: (source, layers, maxSide) => answer(() => preview(source, layers, maxSide)),
    variant: (request) => answer(() => makeVariant(request, codecs, photos)),
    async release() {
      photos.clear();
    },
  };
}
