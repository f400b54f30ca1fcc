import type { Size } from '../geometry/spaces.ts';
import type { ImagePrompts, PromptBox, UnitPrompts } from '../segmentation/prompts.ts';

/**
 * How a template is carried to another image:
 *
 * - `same-place`: its prompts at the same normalised coordinates, answered by SAM there;
 * - `whole-image`: every pixel, no segmentation;
 * - `centre-point`: one click at the centre of the image;
 * - `given-masks`: each image brings its own mask, imported from annotations. Images without one
 *   have no variant.
 */
export type Placement = 'same-place' | 'whole-image' | 'centre-point' | 'given-masks';

export const PLACEMENTS: readonly Placement[] = [
  'same-place',
  'whole-image',
  'centre-point',
  'given-masks',
];

/** What has to be done to get a component's mask on one image. */
export type Placed =
  | { readonly kind: 'whole-image' }
  /** Nothing is computed: the mask was imported with the image. */
  | { readonly kind: 'given' }
  | { readonly kind: 'segment'; readonly prompts: ImagePrompts };

/**
 * Carries a component to an image of `size`.
 *
 * @param prompts the component's prompts on its reference image, normalised
 * @param size the target image, in pixels
 */
export function place(placement: Placement, prompts: UnitPrompts, size: Size): Placed {
  switch (placement) {
    case 'whole-image':
      return { kind: 'whole-image' };
    case 'given-masks':
      return { kind: 'given' };
    case 'centre-point':
      return {
        kind: 'segment',
        prompts: { points: [{ x: size.width / 2, y: size.height / 2, include: true }], box: null },
      };
    case 'same-place':
      return { kind: 'segment', prompts: promptsFromUnit(prompts, size) };
  }
}

/** Normalised prompts → pixels of an image of `size`. */
export function promptsFromUnit(prompts: UnitPrompts, size: Size): ImagePrompts {
  return scalePrompts(prompts, size.width, size.height);
}

/** Pixels of an image of `size` → normalised prompts. */
export function promptsToUnit(prompts: ImagePrompts, size: Size): UnitPrompts {
  return scalePrompts(prompts, 1 / size.width, 1 / size.height);
}

function scalePrompts(
  prompts: UnitPrompts | ImagePrompts,
  scaleX: number,
  scaleY: number,
): UnitPrompts & ImagePrompts {
  const { box, points } = prompts;
  return {
    points: points.map(({ x, y, include, candidate }) => ({
      x: x * scaleX,
      y: y * scaleY,
      include,
      ...(candidate === undefined ? {} : { candidate }),
    })),
    box: box && scaleBox(box, scaleX, scaleY),
  };
}

function scaleBox<Space extends string>(
  box: PromptBox<Space>,
  scaleX: number,
  scaleY: number,
): PromptBox<'unit'> & PromptBox<'image'> {
  const { x0, y0, x1, y1, candidate } = box;
  return {
    x0: x0 * scaleX,
    y0: y0 * scaleY,
    x1: x1 * scaleX,
    y1: y1 * scaleY,
    ...(candidate === undefined ? {} : { candidate }),
  };
}
