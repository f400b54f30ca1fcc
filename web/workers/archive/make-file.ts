import { type AnnotatedImage, maskOf } from '../../core/export/annotations/annotated-image.ts';
import { cocoJson } from '../../core/export/annotations/coco.ts';
import { cvatXml } from '../../core/export/annotations/cvat.ts';
import { datumaroJson } from '../../core/export/annotations/datumaro.ts';
import { drawOverlay, overlaySize } from '../../core/export/annotations/overlay.ts';
import { vocPalette, vocXml } from '../../core/export/annotations/voc.ts';
import { yoloLabel } from '../../core/export/annotations/yolo.ts';
import type { MadeFile } from '../../core/export/planned-file.ts';
import { resizeBilinear } from '../../core/raster/resize.ts';
import type { Bytes } from '../../files/bytes.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { decodeImage } from '../../files/decode/decode-image.ts';
import { encodeImage } from '../../files/encode.ts';
import { encodeIndexedMaskPng } from '../../files/mask-png/encode-mask.ts';
import type { ZipFile } from '../../files/zip-write.ts';

/** What files are made from. */
export interface Makings {
  /** The picture of a variant; not asked for unless a file shows it. */
  readImage(key: string): Promise<Blob>;
  readonly codecs: Codecs;
}

/** Text in pieces is joined to about this many characters: each piece costs a step of the ZIP. */
const PIECE = 65_536;

const OVERLAY_QUALITY = 85;

/** The content of a file that is made while the archive is written: one mask in memory at most. */
export async function makeFile(file: MadeFile, makings: Makings): Promise<ZipFile['bytes']> {
  switch (file.kind) {
    case 'coco':
      return inPieces(cocoJson(file.coco));
    case 'yolo-label':
      return yoloLabel(file.image);
    case 'voc-mask':
      return encodeIndexedMaskPng(maskOf(file.image), file.image.classIndex + 1, vocPalette());
    case 'voc-xml':
      return vocXml(file.image);
    case 'cvat':
      return inPieces(cvatXml(file.cvat));
    case 'datumaro':
      return inPieces(datumaroJson(file.datumaro));
    case 'overlay':
      return makeOverlay(file.image, makings);
  }
}

/** @throws Error when the picture cannot be decoded: it was encoded by us, so that is a bug */
async function makeOverlay(image: AnnotatedImage, { readImage, codecs }: Makings): Promise<Bytes> {
  const file = new Uint8Array(await (await readImage(image.key)).arrayBuffer());
  const decoded = await decodeImage(file, codecs, { imagePixels: Number.POSITIVE_INFINITY });
  if (!decoded.ok) throw new Error(`${image.file} is ${decoded.problem.kind}.`);
  const { raster } = decoded.value;
  const { width, height } = overlaySize(raster);
  const isSmall = width === raster.width && height === raster.height;
  const small = isSmall ? raster : resizeBilinear(raster, width, height, { antialias: true });
  drawOverlay(small, maskOf(image));
  return encodeImage(small, { format: 'jpg', quality: OVERLAY_QUALITY, icc: null }, codecs);
}

async function* inPieces(texts: Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
