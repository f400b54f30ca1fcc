import { type ImageFormat, INPUT_MIME } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import type { ImageWarning } from '../../core/dataset/image-warning.ts';
import type { ImportLimits } from '../../core/dataset/limits.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { boxShrink, LARGEST_BLOCK } from '../../core/raster/box-shrink.ts';
import { isGrayscale } from '../../core/raster/grayscale.ts';
import { isOpaque } from '../../core/raster/opaque.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { decodeImage } from '../../files/decode/decode-image.ts';
import { onWhite } from '../../files/encode.ts';
import { sha256Hex } from '../../files/hash.ts';
import { SNIFF_BYTES, sniff } from '../../files/sniff.ts';
import { type Inspected, THUMBNAIL_SIDE } from './contract.ts';
import type { PhotoCache } from './photo-cache.ts';
import { readBytes } from './read-bytes.ts';
import { shrinkTo } from './shrink.ts';

const EXTENSIONS: Readonly<Record<ImageFormat, RegExp>> = {
  jpeg: /\.(?:jpe?g|jpe|jfif)$/i,
  png: /\.a?png$/i,
  webp: /\.webp$/i,
};
const THUMBNAIL_QUALITY = 75;

/** Reads, checks and decodes one file; what it finds is kept in `photos`. */
export async function inspectFile(
  name: string,
  blob: Blob,
  limits: ImportLimits,
  codecs: Codecs,
  photos: PhotoCache,
): Promise<Result<Inspected, ImageProblem>> {
  if (blob.size === 0) return fail({ kind: 'empty-file' });
  // Before the size: "this is a video" helps more than "this is too large".
  const start = await readBytes(blob.slice(0, SNIFF_BYTES));
  if (!start.ok) return start;
  const sniffed = sniff(start.value);
  if (sniffed.kind === 'foreign') return fail({ kind: 'not-an-image', found: sniffed.found });
  if (blob.size > limits.fileBytes) {
    return fail({ kind: 'too-many-bytes', bytes: blob.size, limit: limits.fileBytes });
  }
  const bytes = await readBytes(blob);
  if (!bytes.ok) return bytes;
  const image = await decodeImage(bytes.value, codecs, limits);
  if (!image.ok) return image;
  const { raster, format, warnings } = image.value;
  const sha256 = await sha256Hex(bytes.value);
  photos.put(sha256, image.value);
  return ok({
    sha256,
    format,
    width: raster.width,
    height: raster.height,
    grayscale: isGrayscale(raster),
    bytes: blob.size,
    thumbnail: await makeThumbnail(raster, codecs),
    warnings: [...warnings, ...extensionWarning(name, format)],
  });
}

/**
 * A small WebP of a picture; transparent parts become white. Written in half the time of a JPEG,
 * and not larger.
 */
export async function makeThumbnail(raster: Raster, codecs: Codecs): Promise<Blob> {
  const small = onWhite(shrinkTo(roughly(raster), THUMBNAIL_SIDE));
  return new Blob([await codecs.webp.encode(small, THUMBNAIL_QUALITY, 'fast')], {
    type: INPUT_MIME.webp,
  });
}

/** Most of the way from a large picture to its thumbnail, by whole blocks of pixels. */
function roughly(raster: Raster): Raster {
  const { width, height } = raster;
  const factor = Math.floor(Math.max(width, height) / THUMBNAIL_SIDE);
  const block = Math.min(factor, width, height, LARGEST_BLOCK);
  // Colours under transparency would shine through.
  return block > 1 && isOpaque(raster) ? boxShrink(raster, block) : raster;
}

/** A name without a known extension misleads nobody. */
function extensionWarning(name: string, actual: ImageFormat): ImageWarning[] {
  const claims = Object.values(EXTENSIONS).some((pattern) => pattern.test(name));
  return claims && !EXTENSIONS[actual].test(name) ? [{ kind: 'wrong-extension', actual }] : [];
}
