import { maskOutline } from '../../mask/outline.ts';
import type { PlannedFile } from '../planned-file.ts';
import { type AnnotatedImage, maskOf } from './annotated-image.ts';
import { joinRings } from './join-rings.ts';
import { SPLITS } from './splits.ts';

const ROOT = 'annotations/yolo';

/**
 * A dataset that Ultralytics loads as it is: `data.yaml`, `images/SPLIT/NAME.EXT` and
 * `labels/SPLIT/NAME.txt`. Ultralytics finds a label by replacing the last `/images/` of a path
 * with `/labels/`, and lists of paths cannot point above their own folder (its loader rewrites
 * every `./`); so the pictures are in the archive a second time, in one flat folder a split.
 *
 * Format: https://docs.ultralytics.com/datasets/segment/ and `ultralytics/data/utils.py`,
 * `img2label_paths`, `verify_image_label`, `check_det_dataset`.
 */
export function planYolo(
  images: readonly AnnotatedImage[],
  classes: readonly string[],
): PlannedFile[] {
  const pairs = images.flatMap((image): PlannedFile[] => [
    {
      path: `${ROOT}/images/${image.split}/${image.name}.${image.format}`,
      key: image.key,
      role: 'image',
      sha256: image.sha256,
    },
    {
      path: `${ROOT}/labels/${image.split}/${image.name}.txt`,
      make: { kind: 'yolo-label', image },
    },
  ]);
  return [{ path: `${ROOT}/data.yaml`, text: dataYaml(images, classes) }, ...pairs];
}

/**
 * Without `path`: then paths start at the file's own folder, wherever the archive is unpacked
 * (`path: .` would be the folder that training is started in). Both splits must have pictures, so
 * an empty one borrows those of the other.
 */
function dataYaml(images: readonly AnnotatedImage[], classes: readonly string[]): string {
  const filled = SPLITS.filter((split) => images.some((image) => image.split === split));
  const folderOf = (split: (typeof SPLITS)[number]) =>
    filled.length === 0 || filled.includes(split) ? split : filled[0];
  return [
    ...SPLITS.map((split) => `${split}: images/${folderOf(split)}`),
    'names:',
    ...classes.map((name, index) => `  ${index}: ${yamlText(name)}`),
    '',
  ].join('\n');
}

/**
 * Any text as a double-quoted YAML scalar: JSON's escapes are YAML's, and what YAML takes for a
 * line break or does not allow is escaped too.
 */
function yamlText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * `class x y x y …`, coordinates divided by width and height, in one line; nothing for an empty
 * mask, which makes the picture a negative example.
 *
 * One line is one object and one polygon, so parts and holes are joined by bridges of no width
 * (`joinRings`). Filling the polygon at pixel centres gives the mask exactly. Training is coarser
 * by itself: Ultralytics resamples each polygon to 1,000 points and its `fillPoly` draws borders,
 * bridges included, one pixel wide.
 */
export function yoloLabel(image: AnnotatedImage): string {
  const ring = joinRings(maskOutline(maskOf(image)));
  if (ring.length === 0) return '';
  const coordinates = ring.map((value, i) =>
    Number((value / (i % 2 === 0 ? image.width : image.height)).toFixed(6)),
  );
  return `${image.classIndex} ${coordinates.join(' ')}\n`;
}
