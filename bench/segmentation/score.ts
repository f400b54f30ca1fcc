import type { EncodedPhoto } from '../../models/node-sam.ts';
import type { Chooser } from '../../web/core/segmentation/choose.ts';
import type { ImagePrompts, PromptPoint } from '../../web/core/segmentation/prompts.ts';
import { simulateClicks, type Truth } from './simulate.ts';

/** Clicks that are made before a photo counts as not reached. */
export const MOST_CLICKS = 8;

/** IoU after 1, 2, … `MOST_CLICKS` clicks on one photo. `first`: see `simulateClicks`. */
export async function scorePhoto(
  photo: EncodedPhoto,
  truth: Truth,
  choose: Chooser,
  first?: PromptPoint<'image'>,
): Promise<readonly number[]> {
  const segment = (prompts: ImagePrompts) => photo.segment(prompts, choose);
  const { ious } = await simulateClicks(truth, MOST_CLICKS, segment, first);
  return ious;
}

export interface Summary {
  /** Mean IoU after one, three and five clicks. */
  readonly at1: number;
  readonly at3: number;
  readonly at5: number;
  /** Mean number of clicks to the IoU; `MOST_CLICKS + 1` where it was not reached. */
  readonly to85: number;
  readonly to90: number;
}

export function summarise(photos: readonly (readonly number[])[]): Summary {
  const mean = (value: (ious: readonly number[]) => number) =>
    photos.reduce((sum, ious) => sum + value(ious), 0) / photos.length;
  const clicksTo = (wanted: number) => (ious: readonly number[]) => {
    const reached = ious.findIndex((iou) => iou >= wanted);
    return reached === -1 ? MOST_CLICKS + 1 : reached + 1;
  };
  return {
    at1: mean((ious) => ious[0]),
    at3: mean((ious) => ious[2]),
    at5: mean((ious) => ious[4]),
    to85: mean(clicksTo(0.85)),
    to90: mean(clicksTo(0.9)),
  };
}
