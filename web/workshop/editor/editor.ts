import { type Accessor, batch, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Photo } from '../../core/dataset/photo.ts';
import { type Component, sampleCount } from '../../core/dataset/template.ts';
import type { EditName } from '../../core/edits/edits.ts';
import {
  type EditSetting,
  type EditSettings,
  isSameSetting,
  middleOf,
} from '../../core/edits/settings.ts';
import { amend, type History, record, redo, startHistory, undo } from '../../core/flow/history.ts';
import { type ImageBox, type ImagePoint, toUnit } from '../../core/geometry/spaces.ts';
import type { CandidateIndex } from '../../core/segmentation/prompts.ts';
import type { Placement } from '../../core/transfer/placement.ts';
import type { ReadGivenMask } from '../given-masks.ts';
import type { PhotoLibrary } from '../photos.ts';
import type { Segmenter } from '../segmenter.ts';
import { type Answers, createAnswers } from './answers.ts';
import {
  addPoint,
  chooseCandidate,
  clearPrompts,
  type Draft,
  freeName,
  newComponent,
  newDraft,
  removePoint,
  setBox,
  withComponent,
  withCount,
} from './draft.ts';

/** What is looked at: where the mask is, or what the edits make of it. */
export type ViewMode = 'mask' | 'result';

/** One template being made or changed: its document, its history, and what SAM answers. */
export interface Editor {
  readonly draft: Accessor<Draft>;
  /** Index of the component that clicks and sliders go to. */
  readonly active: Accessor<number>;
  readonly component: Accessor<Component>;
  /** The photo on the canvas; not always the reference. */
  readonly photo: Accessor<Photo | undefined>;
  readonly isReference: Accessor<boolean>;
  readonly answers: Answers;
  readonly viewMode: Accessor<ViewMode>;
  /** The edit whose slider is being dragged, and where the thumb is; else null. */
  readonly moving: Accessor<{ readonly name: EditName; readonly value: number } | null>;
  /** Which of the template's variants of the photo is shown, from 0. */
  readonly sample: Accessor<number>;
  readonly canUndo: Accessor<boolean>;
  readonly canRedo: Accessor<boolean>;

  /** Starts over with a template, or with a new one. Its history begins here. */
  open(draft: Draft | null): void;
  show(photo: string): void;
  setViewMode(mode: ViewMode): void;
  setActive(index: number): void;
  /** A click on the photo. On a photo that is not the reference it is refused (false). */
  click(point: ImagePoint, include: boolean): boolean;
  drawBox(box: ImageBox): boolean;
  removePoint(at: number): void;
  clear(): void;
  /** Takes the next (+1) or previous (−1) of SAM's candidates for the last step. */
  stepCandidate(by: 1 | -1): void;
  choose(candidate: CandidateIndex): void;
  /**
   * @param settled false while a slider moves: one undo step for the whole movement
   * @param thumb where the moving thumb is
   */
  setEdit(name: EditName, setting: EditSetting, settled: boolean, thumb?: number): void;
  /** Replaces all edits of the component, and the number of variants if one is given. */
  applyEdits(edits: EditSettings, count?: number): void;
  /** Variants of each photo; one undo step until `settle`. */
  setCount(count: number): void;
  setSample(sample: number): void;
  /** Draws other values for the template's ranges. */
  reshuffle(): void;
  /** What is typed is one undo step until `settle`. */
  rename(name: string): void;
  setClass(className: string): void;
  /** The field was left: what is typed next is another undo step. */
  settle(): void;
  setPlacement(placement: Placement): void;
  addComponent(): void;
  removeComponent(index: number): void;
  renameComponent(index: number, name: string): void;
  undo(): void;
  redo(): void;
  /** Asks SAM again where an answer failed. */
  retry(): void;
}

export function createEditor(
  photos: PhotoLibrary,
  segmenter: Segmenter,
  readGivenMask: ReadGivenMask = async () => null,
): Editor {
  const [history, setHistory] = createSignal<History<Draft>>(startHistory(makeDraft()));
  const [active, setActive] = createSignal(0);
  const [shown, setShown] = createSignal<string | null>(null);
  const [viewMode, setViewMode] = createSignal<ViewMode>('mask');
  const answers = createAnswers(segmenter, readGivenMask);
  const [moving, setMoving] = createSignal<ReturnType<Editor['moving']>>(null);
  const [sample, setSample] = createSignal(0);
  /** What the last step changed, while more of the same joins it. */
  let joined: string | null = null;

  const draft = createMemo(() => history().present);
  const index = createMemo(() => Math.min(active(), draft().components.length - 1));
  const component = createMemo(() => draft().components[index()]);
  const photo = createMemo(
    () => photos.byHash(shown()) ?? photos.byHash(draft().reference) ?? photos.list[0],
  );
  const isReference = createMemo(
    () => draft().reference === '' || draft().reference === photo()?.hash,
  );

  createEffect(on([draft, photo], ([template, current]) => answers.refresh(template, current)));
  createEffect(
    on([photo, segmenter.tier], ([current]) => void (current && segmenter.lookAt(current))),
  );

  function change(next: Draft, join: string | null = null): void {
    const isSameStep = join !== null && join === joined;
    joined = join;
    setMoving(null);
    setHistory((past) => (isSameStep ? amend(past, next) : record(past, next)));
  }
  const settle = () => {
    joined = null;
    setMoving(null);
  };

  /** A prompt names its photo: the first one makes that photo the reference. */
  function prompted(make: (draft: Draft, photo: Photo) => Draft): boolean {
    const current = photo();
    if (!current || !isReference() || draft().placement === 'given-masks') return false;
    change({ ...make(draft(), current), reference: current.hash, placement: 'same-place' });
    setViewMode('mask');
    return true;
  }

  return {
    draft,
    active: index,
    component,
    photo,
    isReference,
    answers,
    viewMode,
    moving,
    sample: () => Math.min(sample(), sampleCount(draft()) - 1),
    setViewMode,
    setActive,
    canUndo: () => history().past.length > 0,
    canRedo: () => history().future.length > 0,

    open(next) {
      settle();
      setSample(0);
      setHistory(startHistory(next ?? makeDraft()));
      setActive(0);
      setViewMode('mask');
      if (next?.reference) setShown(next.reference);
    },
    show: setShown,

    click: (point, include) =>
      prompted((current, on) => addPoint(current, index(), { ...toUnit(point, on), include })),
    drawBox: (box) =>
      prompted((current, on) => {
        const from = toUnit({ x: box.x0, y: box.y0 }, on);
        const to = toUnit({ x: box.x1, y: box.y1 }, on);
        return setBox(current, index(), { x0: from.x, y0: from.y, x1: to.x, y1: to.y });
      }),
    removePoint: (at) => change(removePoint(draft(), index(), at)),
    clear: () => change(clearPrompts(draft(), index())),

    stepCandidate(by) {
      const answer = answers.list[index()];
      if (answer?.kind !== 'segmented') return;
      const { candidates, chosen } = answer.segmentation;
      // In order of size: what a person expects of "smaller" and "larger".
      const bySize = [...candidates].sort((a, b) => a.areaShare - b.areaShare);
      const at = bySize.findIndex(({ index }) => index === chosen);
      const next = bySize[(at + by + bySize.length) % bySize.length];
      change(chooseCandidate(draft(), index(), next.index));
    },
    choose: (candidate) => change(chooseCandidate(draft(), index(), candidate)),

    setEdit(name, setting, settled, thumb) {
      // A slider says once more where it stands when the focus leaves it.
      const isHeard = !settled || joined !== name;
      if (isHeard && isSameSetting(component().edits[name], setting)) return;
      const next = withComponent(draft(), index(), (part) => ({
        ...part,
        edits: { ...part.edits, [name]: setting },
      }));
      // Together, so that who saves drafts sees that this one is still on the move.
      batch(() => {
        change(withCount(next), name);
        if (settled) settle();
        else setMoving({ name, value: thumb ?? middleOf(setting) });
        setViewMode('result');
      });
    },
    applyEdits(edits, count) {
      const next = withComponent(draft(), index(), (part) => ({ ...part, edits }));
      change(withCount(count === undefined ? next : { ...next, count }));
    },
    setCount: (count) => change({ ...draft(), count }, 'count'),
    setSample,
    reshuffle: () => change({ ...draft(), shuffle: ((draft().shuffle ?? 0) + 1) % 2 ** 32 }),

    rename: (name) => change({ ...draft(), name }, 'name'),
    setClass: (className) => change({ ...draft(), className }, 'class'),
    settle,
    setPlacement: (placement) => {
      const current = photo();
      const reference = draft().reference || current?.hash || '';
      change({ ...draft(), placement, reference });
    },

    addComponent() {
      const { components } = draft();
      change({
        ...draft(),
        components: [...components, newComponent(freeName(components, 'part'))],
      });
      setActive(components.length);
    },
    removeComponent(at) {
      if (draft().components.length < 2) return;
      change({ ...draft(), components: draft().components.filter((_, i) => i !== at) });
      setActive((current) => Math.max(0, current > at ? current - 1 : current));
    },
    renameComponent(at, name) {
      const others = draft().components.filter((_, i) => i !== at);
      const unique = freeName(others, name.trim() || 'part');
      change(withComponent(draft(), at, (part) => ({ ...part, name: unique })));
    },

    undo() {
      settle();
      setHistory(undo);
    },
    redo() {
      settle();
      setHistory(redo);
    },
    retry: () => answers.retry(draft(), photo()),
  };
}

function makeDraft(): Draft {
  return newDraft(crypto.randomUUID());
}
