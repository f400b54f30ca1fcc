import { OUTPUT_MIME } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { renderVariant } from '../../core/edits/render.ts';
import { ok, type Result } from '../../core/flow/result.ts';
import { encodeRle } from '../../core/mask/rle.ts';
import { rleToText } from '../../core/mask/rle-text.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../../files/bytes.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import type { DecodedImage } from '../../files/decode/decode-image.ts';
import { encodeImage } from '../../files/encode.ts';
import { sha256Hex } from '../../files/hash.ts';
import { encodeMaskPng } from '../../files/mask-png/encode-mask.ts';
import { requireSameSize } from './check-masks.ts';
import type { MadeVariant, VariantRequest } from './contract.ts';
import { makeThumbnail } from './inspect.ts';
import type { PhotoCache } from './photo-cache.ts';

/** A variant to make of a photo that is decoded already. */
export type VariantRecipe = Omit<VariantRequest, 'source'> & {
  readonly source: Pick<VariantRequest['source'], 'hash'>;
};

/** The two files of a variant and what is known of them. */
export interface VariantFiles extends Omit<MadeVariant, 'image' | 'mask' | 'thumbnail'> {
  readonly image: Bytes;
  readonly mask: Bytes;
  /** What the picture file holds. */
  readonly raster: Raster;
}

/** Edits and encodes one decoded photo. */
export async function makeVariantFiles(
  { source, layers, mask, format, quality, effort, maxSide }: VariantRecipe,
  { raster, icc }: Pick<DecodedImage, 'raster' | 'icc'>,
  codecs: Codecs,
): Promise<VariantFiles> {
  requireSameSize(raster, [mask, ...layers.map((layer) => layer.mask)]);
  const rendered = renderVariant(raster, layers, mask, { imageHash: source.hash, maxSide });
  const image = await encodeImage(rendered.raster, { format, quality, effort, icc }, codecs);
  const maskFile = encodeMaskPng(rendered.mask);
  return {
    image,
    mask: maskFile,
    raster: rendered.raster,
    size: { width: rendered.mask.width, height: rendered.mask.height },
    imageSha256: await sha256Hex(image),
    maskSha256: await sha256Hex(maskFile),
    maskRle: rleToText(encodeRle(rendered.mask)),
  };
}

/** Decodes, edits, encodes: everything between a photo's file and the two files of a variant. */
export async function makeVariant(
  request: VariantRequest,
  codecs: Codecs,
  photos: PhotoCache,
): Promise<Result<MadeVariant, ImageProblem>> {
  const photo = await photos.load(request.source);
  if (!photo.ok) return photo;
  const { image, mask, raster, ...known } = await makeVariantFiles(request, photo.value, codecs);
  return ok({
    ...known,
    image: new Blob([image], { type: OUTPUT_MIME[request.format] }),
    mask: new Blob([mask], { type: OUTPUT_MIME.png }),
    thumbnail: await makeThumbnail(raster, codecs),
  });
}
