import { join } from 'node:path';
import type { ImagePoint, Size } from '../core/geometry/spaces.ts';
import { deepestPoint } from '../core/mask/distance.ts';
import { createMask, type Mask } from '../core/mask/mask.ts';
import { pixelsOf, readBytes, TRUTH_FOLDER } from './photo-files.ts';

export interface GroundTruth {
  readonly file: string;
  readonly size: Size;
  /** Where a careful user clicks: the pixel farthest from the object's edge. */
  readonly click: ImagePoint;
  /** IoU of `mask` and the object, over the pixels that were labelled. */
  iou(mask: Mask): number;
}

/** Reads NAME.jpg's mask NAME.png: 255 object, 128 unlabelled, 0 background. */
export async function readTruth(name: string): Promise<GroundTruth> {
  const { width, height, data } = await pixelsOf(
    await readBytes(join(TRUTH_FOLDER, `${name}.png`)),
  );
  const object = createMask(width, height);
  for (let i = 0; i < object.data.length; i++) object.data[i] = data[i * 4] >= 192 ? 1 : 0;
  const isLabelled = (i: number) => data[i * 4] >= 192 || data[i * 4] < 64;
  const click = deepestPoint(object);
  if (!click) throw new Error(`${name}.png has no object.`);
  return {
    file: join(TRUTH_FOLDER, `${name}.jpg`),
    size: { width, height },
    click,
    iou(mask) {
      let both = 0;
      let either = 0;
      for (let i = 0; i < mask.data.length; i++) {
        if (!isLabelled(i)) continue;
        both += mask.data[i] & object.data[i];
        either += mask.data[i] | object.data[i];
      }
      return both / either;
    },
  };
}
