import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { createLru } from '../../core/flow/lru.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { type DecodedImage, decodeImage } from '../../files/decode/decode-image.ts';
import type { PhotoSource } from './contract.ts';
import { readBytes } from './read-bytes.ts';
import { shrinkTo } from './shrink.ts';

/** A photo at the size it is shown in. */
export interface ShownPhoto {
  readonly raster: Raster;
  /** The photo's own size. */
  readonly full: Size;
}

/** Decoded pictures, kept by the hash of their file while there is room. */
export interface PhotoCache {
  load(source: PhotoSource): Promise<Result<DecodedImage, ImageProblem>>;
  /** The photo, shrunk when its longer side is over `maxSide`. */
  loadShown(source: PhotoSource, maxSide: number): Promise<Result<ShownPhoto, ImageProblem>>;
  put(hash: string, image: DecodedImage): void;
  clear(): void;
}

/** Five photos of 12 megapixels, or one of 64. */
const FULL_BYTES = 256 * 1024 * 1024;
/** Shown sizes are a few megapixels: enough to go to and fro between some ten photos. */
const SHOWN_BYTES = 128 * 1024 * 1024;

export function createPhotoCache(codecs: Codecs): PhotoCache {
  const fresh = () => ({
    full: createLru<DecodedImage>(FULL_BYTES, ({ raster }) => raster.data.length),
    shown: createLru<ShownPhoto>(SHOWN_BYTES, ({ raster }) => raster.data.length),
  });
  let kept = fresh();
  const loading = new Map<string, Promise<Result<DecodedImage, ImageProblem>>>();

  async function decode({ hash, blob }: PhotoSource) {
    const bytes = await readBytes(blob);
    if (!bytes.ok) return bytes;
    // The limit was held when the photo came in, and may have been lowered since.
    const image = await decodeImage(bytes.value, codecs, { imagePixels: Infinity });
    if (image.ok) kept.full.set(hash, image.value);
    return image;
  }

  function load(source: PhotoSource): Promise<Result<DecodedImage, ImageProblem>> {
    const known = kept.full.get(source.hash);
    if (known) return Promise.resolve(ok(known));
    const running = loading.get(source.hash);
    if (running) return running;
    const started = decode(source).finally(() => loading.delete(source.hash));
    loading.set(source.hash, started);
    return started;
  }

  return {
    load,
    async loadShown(source, maxSide) {
      const key = `${maxSide} ${source.hash}`;
      const known = kept.shown.get(key);
      if (known) return ok(known);
      const photo = await load(source);
      if (!photo.ok) return fail(photo.problem);
      const { raster } = photo.value;
      const { width, height } = raster;
      const shown = { raster: shrinkTo(raster, maxSide), full: { width, height } };
      // A small photo is shown as it is, and the other table has it already.
      if (shown.raster !== raster) kept.shown.set(key, shown);
      return ok(shown);
    },
    put: (hash, image) => kept.full.set(hash, image),
    clear() {
      kept = fresh();
    },
  };
}
