import type { Photo } from '../../core/dataset/photo.ts';
import { layersOf, samplesOf } from '../../core/dataset/tasks.ts';
import type { EditLayer } from '../../core/edits/apply.ts';
import type { Edits } from '../../core/edits/edits.ts';
import type { Mask } from '../../core/mask/mask.ts';
import type { Draft } from './draft.ts';
import type { Editor } from './editor.ts';

/**
 * The edits on screen, one per component: those of the chosen variant of the photo, so that what is
 * seen is what will be made. While an end of a range is dragged, that end.
 */
export function shownEdits(
  editor: Pick<Editor, 'draft' | 'sample' | 'active' | 'moving'>,
  photo: Photo,
  seed: number,
): Edits[] {
  const edits = samplesOf(photo, editor.draft(), { seed })[editor.sample()];
  const thumb = editor.moving();
  if (!thumb) return edits;
  return edits.map((own, index) =>
    index === editor.active() ? { ...own, [thumb.name]: thumb.value } : own,
  );
}

/** What the masks on screen are, as text: another one is another picture. */
export function answersKey({ answers }: Pick<Editor, 'answers'>): string {
  return JSON.stringify(
    answers.list.map((answer) =>
      answer.kind === 'segmented'
        ? `${answer.segmentation.answer}:${answer.segmentation.chosen}`
        : [answer.kind, answer.kind === 'given' && answer.templateId],
    ),
  );
}

/** The layers of those components that have a mask on the photo. */
export async function layersOn(
  editor: Pick<Editor, 'answers'>,
  draft: Draft,
  photo: Photo,
  sample: number,
  edits: readonly Edits[],
): Promise<EditLayer[]> {
  const masks = await Promise.all(
    draft.components.map((_, index) => editor.answers.full(index, photo)),
  );
  const isThere = (mask: Mask | null): mask is Mask => mask !== null;
  const found = masks.map((_, index) => index).filter((index) => isThere(masks[index]));
  return layersOf(
    {
      template: { ...draft, components: found.map((index) => draft.components[index]) },
      sample,
      edits: found.map((index) => edits[index]),
    },
    masks.filter(isThere),
  );
}
