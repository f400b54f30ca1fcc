import { createStore, reconcile } from 'solid-js/store';
import type { Photo } from '../../core/dataset/photo.ts';
import { coversPhoto, type Template } from '../../core/dataset/template.ts';
import type { VariantProblem } from '../../core/dataset/variant.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import { fullMask, type Mask } from '../../core/mask/mask.ts';
import { hasSteps } from '../../core/segmentation/prompts.ts';
import { place } from '../../core/transfer/placement.ts';
import type { Segmentation } from '../../workers/decoder/contract.ts';
import { maskAtSize } from '../../workers/pixels/shrink.ts';
import type { ReadGivenMask } from '../given-masks.ts';
import type { Segmenter } from '../segmenter.ts';

/** What SAM says about one component on the photo that is shown. */
export type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: VariantProblem }
  | { readonly kind: 'whole-image' }
  /** The photo's own mask, imported. */
  | { readonly kind: 'given'; readonly templateId: string; readonly photo: Photo }
  /** `isHurried`: answered in the quick tier; a better answer is being made and will replace it. */
  | {
      readonly kind: 'segmented';
      readonly segmentation: Segmentation;
      readonly isHurried: boolean;
    };

export interface Answers {
  /** One per component, in order. Reactive. */
  readonly list: readonly Answer[];
  /** Asks again for every component whose question has changed. */
  refresh(template: Template, photo: Photo | undefined): void;
  /** Asks again where an answer failed. */
  retry(template: Template, photo: Photo | undefined): void;
  /** The mask of a component for showing; null while there is none. */
  view(index: number, size: Size): Promise<Mask | null>;
  /** The mask of a component in the photo's own pixels; null while there is none. */
  full(index: number, size: Size): Promise<Mask | null>;
}

export function createAnswers(segmenter: Segmenter, readGivenMask: ReadGivenMask): Answers {
  const [state, setState] = createStore<{ list: Answer[] }>({ list: [] });
  /** The question each answer belongs to, so that an old answer never replaces a newer one. */
  const questions: string[] = [];
  /** One question at a time, so that the components of one photo do not overtake each other. */
  let line: Promise<void> = Promise.resolve();
  let shown: string | undefined;

  function ask(template: Template, index: number, photo: Photo | undefined): void {
    const component = template.components[index];
    const given = photo && template.given?.[photo.hash];
    const question = JSON.stringify([photo?.hash, template.placement, component.prompts, given]);
    if (questions[index] === question) return;
    questions[index] = question;
    const settle = (answer: Answer) => {
      if (questions[index] === question) setState('list', index, reconcile(answer));
    };
    if (!photo) {
      settle({ kind: 'none' });
      return;
    }
    const placed = place(template.placement, component.prompts, photo);
    if (placed.kind === 'whole-image') {
      settle({ kind: 'whole-image' });
      return;
    }
    if (placed.kind === 'given') {
      const isThere = coversPhoto(template, photo);
      settle(isThere ? { kind: 'given', templateId: template.id, photo } : { kind: 'none' });
      return;
    }
    if (!hasSteps(placed.prompts)) {
      settle({ kind: 'none' });
      return;
    }
    // The mask that is there stays on screen until the next one comes.
    if (state.list[index]?.kind !== 'segmented') settle({ kind: 'waiting' });
    const { prompts } = placed;
    line = line.then(async () => {
      while (questions[index] === question) {
        const outcome = await segmenter.segment(photo, prompts, 'click');
        if (outcome.kind === 'overtaken') continue;
        if (outcome.kind !== 'segmented') return settle(outcome);
        const { better } = outcome;
        settle({ kind: 'segmented', segmentation: outcome, isHurried: better !== undefined });
        // What comes later is shown instead, unless something else was asked.
        void better?.then((later) => {
          const segmentation = later.kind === 'segmented' ? later : outcome;
          settle({ kind: 'segmented', segmentation, isHurried: false });
        });
        return;
      }
    });
  }

  async function maskOf(
    index: number,
    size: Size,
    read: Segmenter['maskAt'],
  ): Promise<Mask | null> {
    const answer = state.list[index];
    if (answer?.kind === 'whole-image') return fullMask(size.width, size.height);
    if (answer?.kind === 'given') {
      const mask = await readGivenMask(answer.templateId, answer.photo);
      return mask && maskAtSize(mask, size);
    }
    if (answer?.kind !== 'segmented') return null;
    const { answer: id, chosen } = answer.segmentation;
    return read(id, chosen, size);
  }

  function refresh(template: Template, photo: Photo | undefined): void {
    questions.length = template.components.length;
    if (photo?.hash !== shown) {
      // The masks of one photo mean nothing on another, and it does not wait for them.
      shown = photo?.hash;
      line = Promise.resolve();
      setState('list', []);
    }
    if (state.list.length > template.components.length) {
      setState('list', (list) => list.slice(0, template.components.length));
    }
    template.components.forEach((_, index) => {
      if (!state.list[index]) setState('list', index, { kind: 'none' });
      ask(template, index, photo);
    });
  }

  return {
    get list() {
      return state.list;
    },
    refresh,
    retry(template, photo) {
      state.list.forEach(({ kind }, index) => {
        if (kind === 'failed') questions[index] = '';
      });
      refresh(template, photo);
    },
    view: (index, size) => maskOf(index, size, segmenter.viewMask),
    full: (index, size) => maskOf(index, size, segmenter.maskAt),
  };
}
