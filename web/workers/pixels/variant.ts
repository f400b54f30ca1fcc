import { OUTPUT_MIME } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { applyEdits } from '../../core/edits/apply.ts';
import { ok, type Result } from '../../core/flow/result.ts';
import { encodeRle } from '../../core/mask/rle.ts';
import { rleToText } from '../../core/mask/rle-text.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { encodeImage } from '../../files/encode.ts';
import { sha256Hex } from '../../files/hash.ts';
import { encodeMaskPng } from '../../files/mask-png/encode-mask.ts';
import { requireSameSize } from './check-masks.ts';
import type { MadeVariant, VariantRequest } from './contract.ts';
import { makeThumbnail } from './inspect.ts';
import type { PhotoCache } from './photo-cache.ts';

/** Decodes, edits, encodes: everything between a photo's file and the two files of a variant. */
export async function makeVariant(
  { source, layers, mask, format, quality }: VariantRequest,
  codecs: Codecs,
  photos: PhotoCache,
): Promise<Result<MadeVariant, ImageProblem>> {
  const photo = await photos.load(source);
  if (!photo.ok) return photo;
  const { raster, icc } = photo.value;
  requireSameSize(raster, [mask, ...layers.map((layer) => layer.mask)]);
  const edited = applyEdits(raster, layers, { imageHash: source.hash });
  const image = await encodeImage(edited, { format, quality, icc }, codecs);
  const maskFile = encodeMaskPng(mask);
  return ok({
    image: new Blob([image], { type: OUTPUT_MIME[format] }),
    mask: new Blob([maskFile], { type: OUTPUT_MIME.png }),
    imageSha256: await sha256Hex(image),
    maskSha256: await sha256Hex(maskFile),
    maskRle: rleToText(encodeRle(mask)),
    thumbnail: await makeThumbnail(edited, codecs),
  });
}
