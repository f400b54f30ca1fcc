import type { ImagePoint, Size } from '../core/geometry/spaces.ts';
import type { Mask } from '../core/mask/mask.ts';
import { readTruth } from './ground-truth.ts';
import { hasTruth, sample, sizeOf } from './photo-files.ts';

/** A photo on which a template is made, and where its object is clicked. */
export interface Reference {
  readonly path: string;
  readonly size: Size;
  readonly click: ImagePoint;
  /** Null where the object's true outline is not known. */
  readonly iou: ((mask: Mask) => number) | null;
}

async function withTruth(name: string): Promise<Reference> {
  const { file, size, click, iou } = await readTruth(name);
  return { path: file, size, click, iou };
}

async function inTheMiddle(name: string): Promise<Reference> {
  const path = sample(name);
  const size = await sizeOf(path);
  return { path, size, click: { x: size.width / 2, y: size.height / 2 }, iou: null };
}

/** Photos with ground truth where there are any, else two that are shipped. */
export function readReferences(): Promise<readonly Reference[]> {
  return Promise.all(
    hasTruth
      ? [withTruth('86016'), withTruth('227092')]
      : [inTheMiddle('pig.jpg'), inTheMiddle('hedgehog.jpg')],
  );
}
