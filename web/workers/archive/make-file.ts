import { maskOf } from '../../core/export/annotations/annotated-image.ts';
import { cocoJson } from '../../core/export/annotations/coco.ts';
import { vocPalette, vocXml } from '../../core/export/annotations/voc.ts';
import { yoloLabel } from '../../core/export/annotations/yolo.ts';
import type { MadeFile } from '../../core/export/planned-file.ts';
import { encodeIndexedMaskPng } from '../../files/mask-png/encode-mask.ts';
import type { ZipFile } from '../../files/zip-write.ts';

/** Text in pieces is joined to about this many characters: each piece costs a step of the ZIP. */
const PIECE = 65_536;

/** The content of a file that is made while the archive is written: one mask in memory at most. */
export function makeFile(file: MadeFile): ZipFile['bytes'] {
  switch (file.kind) {
    case 'coco':
      return inPieces(cocoJson(file.coco));
    case 'yolo-label':
      return yoloLabel(file.image);
    case 'voc-mask':
      return encodeIndexedMaskPng(maskOf(file.image), file.image.classIndex + 1, vocPalette());
    case 'voc-xml':
      return vocXml(file.image);
  }
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
