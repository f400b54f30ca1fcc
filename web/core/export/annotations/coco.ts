import { maskOutline, type Ring } from '../../mask/outline.ts';
import { rleArea, rleBounds } from '../../mask/rle-measures.ts';
import type { PlannedFile } from '../planned-file.ts';
import { type AnnotatedImage, maskOf, runsOf } from './annotated-image.ts';
import type { CocoFile, CocoSegmentation } from './coco-file.ts';
import { joinRings } from './join-rings.ts';
import { listed } from './json-list.ts';
import { SPLITS } from './splits.ts';

/** `annotations/coco.json` with everything, and one file of the same ids for each split. */
export function planCoco(coco: CocoFile): PlannedFile[] {
  const splits = SPLITS.map((split) => ({
    path: `annotations/coco-${split}.json`,
    images: coco.images.filter((image) => image.split === split),
  }));
  return [{ path: 'annotations/coco.json', images: coco.images }, ...splits].map(
    ({ path, images }) => ({ path, make: { kind: 'coco', coco: { ...coco, images } } }),
  );
}

/**
 * A COCO "instances" file, piece by piece so that it can be streamed. A variant holds one object;
 * image and annotation share their id. A picture with an empty mask is listed without annotation:
 * a negative example. `iscrowd` is 0 for run lengths too, as pycocotools and torchvision read it.
 *
 * Format: https://cocodataset.org/#format-data
 */
export function* cocoJson({ source, classes, images, segmentation }: CocoFile): Generator<string> {
  yield `{\n"info": ${JSON.stringify({ description: 'Maskwright dataset', version: source })},\n`;
  yield '"licenses": [],\n"categories": [';
  yield* listed(classes, (name, index) => ({ id: index + 1, name, supercategory: 'object' }));
  yield '],\n"images": [';
  yield* listed(images, ({ id, file, width, height }) => ({ id, file_name: file, width, height }));
  yield '],\n"annotations": [';
  yield* listed(images, (image) => annotationOf(image, segmentation));
  yield ']\n}\n';
}

function annotationOf(image: AnnotatedImage, segmentation: CocoSegmentation) {
  const counts = runsOf(image);
  const box = rleBounds(counts, image.height);
  if (!box) return null;
  return {
    id: image.id,
    image_id: image.id,
    category_id: image.classIndex + 1,
    segmentation:
      segmentation === 'polygons'
        ? polygonsOf(image)
        : { size: [image.height, image.width], counts: image.rle },
    bbox: [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0],
    area: rleArea(counts),
    iscrowd: 0,
  };
}

/**
 * One polygon along pixel edges for each part. COCO fills every polygon by itself and joins them, so
 * a hole cannot be a polygon of its own: it is cut to the border of its part by a bridge of no width
 * (`joinRings`), walked there and back. Readers toggle twice there, and the mask comes back exactly.
 */
function polygonsOf(image: AnnotatedImage): Ring[] {
  return maskOutline(maskOf(image)).map((part) => joinRings([part]));
}
