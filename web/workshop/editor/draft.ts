import { unusedName } from '../../core/dataset/names.ts';
import { type Component, hasRanges, type Template } from '../../core/dataset/template.ts';
import { NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import type {
  CandidateIndex,
  PromptBox,
  PromptPoint,
  UnitPrompts,
} from '../../core/segmentation/prompts.ts';

/** A template while it is being made; `reference` is '' until the first click. */
export type Draft = Template;

const NO_PROMPTS: UnitPrompts = { points: [], box: null };

export function newComponent(name: string): Component {
  return { name, prompts: NO_PROMPTS, edits: NEUTRAL_EDITS };
}

export function newDraft(id: string): Draft {
  return {
    id,
    name: '',
    className: '',
    placement: 'same-place',
    reference: '',
    components: [newComponent('object')],
  };
}

function hasPrompts({ prompts }: Pick<Component, 'prompts'>): boolean {
  return prompts.box !== null || prompts.points.length > 0;
}

/** Whether anything has been done that would be a pity to lose. */
export function isTouched(draft: Draft): boolean {
  return (
    draft.components.length > 1 ||
    draft.components.some((component) => hasPrompts(component) || component.edits !== NEUTRAL_EDITS)
  );
}

export function withComponent(
  draft: Draft,
  index: number,
  change: (component: Component) => Component,
): Draft {
  return {
    ...draft,
    components: draft.components.map((component, i) =>
      i === index ? change(component) : component,
    ),
  };
}

/** Enough to see what a first range does; the field beside it says so. */
const FIRST_COUNT = 5;

/** A template whose first range has just been made gets a number of variants. */
export function withCount(draft: Draft): Draft {
  return draft.count === undefined && hasRanges(draft) ? { ...draft, count: FIRST_COUNT } : draft;
}

function withPrompts(
  draft: Draft,
  index: number,
  change: (prompts: UnitPrompts) => UnitPrompts,
): Draft {
  return withComponent(draft, index, (component) => ({
    ...component,
    prompts: change(component.prompts),
  }));
}

export function addPoint(draft: Draft, index: number, point: PromptPoint<'unit'>): Draft {
  return withPrompts(draft, index, (prompts) => ({
    ...prompts,
    points: [...prompts.points, point],
  }));
}

export function removePoint(draft: Draft, index: number, at: number): Draft {
  return withPrompts(draft, index, (prompts) => ({
    ...prompts,
    points: prompts.points.filter((_, i) => i !== at),
  }));
}

/** A drawn box starts the component over: SAM takes the box first and points after it. */
export function setBox(draft: Draft, index: number, box: PromptBox<'unit'>): Draft {
  return withPrompts(draft, index, () => ({ points: [], box }));
}

export function clearPrompts(draft: Draft, index: number): Draft {
  return withPrompts(draft, index, () => NO_PROMPTS);
}

/** Takes another of the decoder's masks for the last step. */
export function chooseCandidate(draft: Draft, index: number, candidate: CandidateIndex): Draft {
  return withPrompts(draft, index, (prompts) => {
    const last = prompts.points.length - 1;
    if (last >= 0) {
      return {
        ...prompts,
        points: prompts.points.map((point, i) => (i === last ? { ...point, candidate } : point)),
      };
    }
    return prompts.box ? { ...prompts, box: { ...prompts.box, candidate } } : prompts;
  });
}

/** `stem`, or `stem 2`, `stem 3`…: a name no other component of the template has. */
export function freeName(components: readonly Component[], stem: string): string {
  return unusedName(stem, new Set(components.map(({ name }) => name)));
}
