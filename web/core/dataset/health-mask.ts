import type { Size } from '../geometry/spaces.ts';
import type { RunLengths } from '../mask/rle.ts';
import { rleBorderPixels } from '../mask/rle-border.ts';
import { rleArea } from '../mask/rle-measures.ts';
import type { Placement } from '../transfer/placement.ts';
import type { ComponentResult } from './variant.ts';

/** What deserves a look in a mask, the gravest first; a mask gets at most one. */
export const MASK_REMARKS = ['empty', 'part-missing', 'tiny', 'huge', 'border'] as const;
export type MaskRemark = (typeof MASK_REMARKS)[number];

/** Longer side to which detectors resize pictures for training (Ultralytics' `imgsz`). */
const TRAINING_SIDE = 640;

/**
 * A mask is tiny when it covers less than this square, in pixels of the resized picture: one
 * cell of a YOLO head's finest grid (stride 8), so that nothing can be learnt from it.
 */
const TINY_SIDE = 8;

/**
 * A mask over this share of the picture is huge: it is nearly always the background, or a click
 * that took the whole scene; what is left cannot show where the object ends.
 */
const HUGE_SHARE = 0.9;

/**
 * A mask touches the border when it covers more of it than two pixels of SAM's low-resolution
 * mask, which has 256 along the photo's longer side; less may be rounding.
 */
const BORDER_CELLS = 2;
const MASK_GRID = 256;

/**
 * Judges one mask by its run lengths alone, without drawing it.
 *
 * @param picture size of the mask, px
 * @param placement under `whole-image` a mask is huge and touches the border by intent
 * @param components the parts it is made of; one may be empty while the whole is not
 */
export function remarkOnMask(
  counts: RunLengths,
  picture: Size,
  placement: Placement,
  components: readonly Pick<ComponentResult, 'area'>[],
): MaskRemark | null {
  const area = rleArea(counts);
  if (area === 0) return 'empty';
  if (components.some((component) => component.area === 0)) return 'part-missing';
  if (placement === 'whole-image') return null;
  const longer = Math.max(picture.width, picture.height);
  if (area * (TRAINING_SIDE / longer) ** 2 < TINY_SIDE ** 2) return 'tiny';
  if (area > HUGE_SHARE * picture.width * picture.height) return 'huge';
  const touched = rleBorderPixels(counts, picture);
  return touched > (BORDER_CELLS * longer) / MASK_GRID ? 'border' : null;
}
