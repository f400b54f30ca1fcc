import type { Photo } from '../../web/core/dataset/photo.ts';
import type { Template } from '../../web/core/dataset/template.ts';
import type { VariantProblem } from '../../web/core/dataset/variant.ts';
import { fail, ok, type Result } from '../../web/core/flow/result.ts';
import { fullMask, type Mask } from '../../web/core/mask/mask.ts';
import { type GivenMask, givenMaskOn } from '../../web/core/transfer/given-mask.ts';
import { place } from '../../web/core/transfer/placement.ts';
import type { PhotoSegmenter } from './segmenter.ts';

/** A component's mask on a photo; no score where no model was asked. */
export interface ComponentMask {
  readonly mask: Mask;
  readonly score: number | null;
}

/** Masks that a recipe brings along; null where it has none for the photo. */
export type FindGivenMask = (template: Template, photo: string) => GivenMask | null;

/** The masks of all of a template's components on one photo, in their order. */
export async function findMasks(
  template: Template,
  photo: Photo,
  segmenter: PhotoSegmenter,
  given: FindGivenMask,
): Promise<Result<ComponentMask[], VariantProblem>> {
  const found: ComponentMask[] = [];
  for (const { prompts } of template.components) {
    const placed = place(template.placement, prompts, photo);
    switch (placed.kind) {
      case 'whole-image':
        found.push({ mask: fullMask(photo.width, photo.height), score: null });
        break;
      case 'given': {
        const known = given(template, photo.hash);
        const mask = known && givenMaskOn(known, photo);
        if (!mask) return fail({ kind: 'no-given-mask' });
        found.push({ mask, score: null });
        break;
      }
      case 'segment': {
        const one = await segmenter.find(placed.prompts);
        if (!one) return fail({ kind: 'no-prompts' });
        found.push(one);
        break;
      }
    }
  }
  return ok(found);
}
