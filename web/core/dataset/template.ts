import type { Edits } from '../edits/edits.ts';
import type { UnitPrompts } from '../segmentation/prompts.ts';
import type { Placement } from '../transfer/placement.ts';

/** One named part of a template: what to click, and what to do with it. */
export interface Component {
  /** Unique in its template. With the template's name it is the identity that seeds noise. */
  readonly name: string;
  readonly prompts: UnitPrompts;
  readonly edits: Edits;
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
}

/** The identity of a component that outlives sessions and devices: seeds its noise. */
export function componentId(template: Pick<Template, 'name'>, component: Pick<Component, 'name'>) {
  return `${template.name}/${component.name}`;
}

/** Whether a component's prompts can make a mask under a placement. */
export function isAnswerable(placement: Placement, { prompts }: Pick<Component, 'prompts'>) {
  if (placement !== 'same-place') return true;
  return prompts.box !== null || prompts.points.some((point) => point.include);
}
