import { encodeRle } from '../web/core/mask/rle.ts';
import { chooseByLook } from '../web/core/segmentation/choose.ts';
import {
  GOLDEN_MASK_SIZE,
  GOLDEN_PROMPTS,
  GOLDEN_TIER,
  goldenPicture,
} from '../web/core/segmentation/golden.ts';
import { openNodeSam } from './node-sam.ts';

/** Run lengths (COCO order) of the golden mask as the native engine makes it. */
export async function goldenRuns(): Promise<number[]> {
  const photo = await (await openNodeSam()).encode(goldenPicture(), GOLDEN_TIER);
  return encodeRle(await photo.segment(GOLDEN_PROMPTS, chooseByLook, GOLDEN_MASK_SIZE));
}
