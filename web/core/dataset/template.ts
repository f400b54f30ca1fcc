import { type EditSettings, isFixed } from '../edits/settings.ts';
import type { UnitPrompts } from '../segmentation/prompts.ts';
import type { Placement } from '../transfer/placement.ts';
import type { Photo } from './photo.ts';

/** One named part of a template: what to click, and what to do with it. */
export interface Component {
  /** Unique in its template. With the template's name it is the identity that seeds noise. */
  readonly name: string;
  readonly prompts: UnitPrompts;
  /** Fixed numbers, or ranges that are drawn anew for every variant. */
  readonly edits: EditSettings;
}

/** A class of object, shown once on a reference image, and how it is carried to others. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly placement: Placement;
  /** SHA-256 of the reference photo's file, hex. */
  readonly reference: string;
  readonly components: readonly Component[];
  /**
   * Under `given-masks`: which photos have a mask, by photo hash, and what identifies it
   * (`givenMaskId`). The masks themselves are in the store `givenMasks`, or in the recipe.
   */
  readonly given?: Readonly<Record<string, string>>;
  /** Variants of each photo, 1…MAX_SAMPLES; 1 when absent. Counts only where a range is drawn. */
  readonly count?: number;
  /** Another number draws other values for this template's ranges; 0 when absent. */
  readonly shuffle?: number;
}

/** More variants of one photo than this teach a model nothing new. */
export const MAX_SAMPLES = 100;

/** Whether any edit of a template is a range. */
export function hasRanges({ components }: Pick<Template, 'components'>): boolean {
  return components.some(({ edits }) => !isFixed(edits));
}

/** How many variants a template makes of each photo: without a range they would all be alike. */
export function sampleCount(template: Pick<Template, 'components' | 'count'>): number {
  return hasRanges(template) ? (template.count ?? 1) : 1;
}

/**
 * The identity of a component that outlives sessions and devices: seeds its noise.
 * @param sample from 0; later samples of a photo have grain of their own
 */
export function componentId(
  template: Pick<Template, 'name'>,
  component: Pick<Component, 'name'>,
  sample = 0,
): string {
  const id = `${template.name}/${component.name}`;
  return sample === 0 ? id : `${id}#${sample + 1}`;
}

/** Whether a template makes anything of a photo: under `given-masks` only where there is a mask. */
export function coversPhoto(
  { placement, given }: Pick<Template, 'placement' | 'given'>,
  photo: Pick<Photo, 'hash'>,
): boolean {
  return placement !== 'given-masks' || given?.[photo.hash] !== undefined;
}

/** Whether a component's prompts can make a mask under a placement. */
export function isAnswerable(placement: Placement, { prompts }: Pick<Component, 'prompts'>) {
  if (placement !== 'same-place') return true;
  return prompts.box !== null || prompts.points.some((point) => point.include);
}
