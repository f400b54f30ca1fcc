import { rleArea } from '../../mask/rle-measures.ts';
import type { PlannedFile } from '../planned-file.ts';
import { type AnnotatedImage, runsOf } from './annotated-image.ts';
import type { AnnotatedSet } from './annotated-set.ts';
import { listed } from './json-list.ts';
import { SPLITS } from './splits.ts';

const ROOT = 'annotations/datumaro';

/**
 * A Datumaro dataset: `annotations/SPLIT.json` and `images/SPLIT/NAME.EXT`. The reader joins the
 * name in the file to that folder, so the pictures are in the archive a second time. A split
 * without pictures has no file.
 */
export function planDatumaro(
  images: readonly AnnotatedImage[],
  classes: readonly string[],
): PlannedFile[] {
  return SPLITS.flatMap((split): PlannedFile[] => {
    const own = images.filter((image) => image.split === split);
    if (own.length === 0) return [];
    return [
      {
        path: `${ROOT}/annotations/${split}.json`,
        make: { kind: 'datumaro', datumaro: { classes, images: own } },
      },
      ...own.map(
        ({ name, format, key, sha256 }): PlannedFile => ({
          path: `${ROOT}/images/${split}/${name}.${format}`,
          key,
          role: 'image',
          sha256,
        }),
      ),
    ];
  });
}

/** Datumaro's number for pictures among its kinds of media. */
const IMAGE = 2;

/**
 * One split as Datumaro JSON, piece by piece. Masks are COCO's compressed run lengths, which hold
 * every mask exactly.
 *
 * Format: https://openvinotoolkit.github.io/datumaro/latest/docs/data-formats/datumaro_format.html
 * and `datumaro/plugins/data_formats/datumaro/exporter.py`.
 */
export function* datumaroJson({ classes, images }: AnnotatedSet): Generator<string> {
  yield `{\n"dm_format_version": "1.0",\n"media_type": ${IMAGE},\n"infos": {},\n`;
  yield '"categories": {"label": {"label_groups": [], "attributes": [], "labels": [';
  yield* listed(classes, (name) => ({ name, parent: '', attributes: [] }));
  yield ']}},\n"items": [';
  yield* listed(images, itemOf);
  yield ']\n}\n';
}

function itemOf(image: AnnotatedImage) {
  const { id, name, format, width, height, classIndex, rle } = image;
  const isEmpty = rleArea(runsOf(image)) === 0;
  const mask = {
    id,
    type: 'mask',
    attributes: {},
    group: 0,
    label_id: classIndex,
    rle: { counts: rle, size: [height, width] },
    z_order: 0,
  };
  return {
    id: name,
    annotations: isEmpty ? [] : [mask],
    image: { path: `${name}.${format}`, size: [height, width] },
  };
}
