import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { getFile } from '../storage/photos.ts';
import type { Editor } from './editor/editor.ts';
import { answersKey, layersOn, shownEdits } from './editor/shown-edits.ts';
import type { Services } from './services.ts';

/** What is drawn: the photo, and what the edits make of it. */
export interface Preview {
  /** The upright photo, at most `VIEW_SIDE` long; null while it is being read. */
  readonly photo: Accessor<ImageBitmap | null>;
  /** The same after the edits; null while there is none to show. */
  readonly result: Accessor<ImageBitmap | null>;
  /** Why the photo cannot be shown, or ''. */
  readonly problem: Accessor<string>;
}

/** Longest side of what is shown: sharp on a large screen, cheap to draw. */
const VIEW_SIDE = 2048;

/** While a slider moves: a quarter of the work for each step of it. */
const MOVING_SIDE = 1024;

/** @param seed the project's, which draws the values of ranges */
export function createPreview(services: Services, editor: Editor, seed: Accessor<number>): Preview {
  const { database, pixels } = services;
  const [photo, setPhoto] = createSignal<ImageBitmap | null>(null);
  const [result, setResult] = createSignal<ImageBitmap | null>(null);
  const [problem, setProblem] = createSignal('');

  function replace(
    current: Accessor<ImageBitmap | null>,
    set: (bitmap: ImageBitmap | null) => void,
    next: ImageBitmap | null,
  ): void {
    const old = current();
    set(next);
    old?.close();
  }

  async function sourceOf(hash: string) {
    const file = await getFile(database, hash);
    return file.ok && file.value ? { hash, blob: file.value } : null;
  }

  createEffect(
    on(
      () => editor.photo()?.hash,
      async (hash) => {
        replace(photo, setPhoto, null);
        replace(result, setResult, null);
        setProblem('');
        if (!hash) return;
        const isCurrent = () => editor.photo()?.hash === hash;
        const source = await sourceOf(hash);
        const shown = source && (await pixels.bitmap(source, VIEW_SIDE));
        if (!isCurrent()) {
          if (shown?.ok) shown.value.bitmap.close();
        } else if (shown?.ok) replace(photo, setPhoto, shown.value.bitmap);
        else setProblem('This photo cannot be read any more. Remove it and add it again.');
      },
    ),
  );

  /** Everything the result depends on; the same question twice is asked once. */
  const question = () => {
    if (editor.viewMode() !== 'result') return null;
    const current = editor.photo();
    if (!current) return null;
    return JSON.stringify([
      current.hash,
      answersKey(editor),
      editor.draft().name,
      editor.sample(),
      shownEdits(editor, current, seed()),
      editor.moving() ? MOVING_SIDE : VIEW_SIDE,
    ]);
  };

  createEffect(
    on(question, async (asked) => {
      const current = editor.photo();
      if (!asked || !current) return;
      const draft = editor.draft();
      const sample = editor.sample();
      const side = editor.moving() ? MOVING_SIDE : VIEW_SIDE;
      const edits = shownEdits(editor, current, seed());
      const layers = await layersOn(editor, draft, current, sample, edits);
      const source = await sourceOf(current.hash);
      if (!source || question() !== asked) return;
      const shown = await pixels.preview(source, layers, side);
      if (!shown.ok) return;
      if (question() === asked || editor.photo()?.hash === current.hash) {
        replace(result, setResult, shown.value.bitmap);
      } else shown.value.bitmap.close();
    }),
  );

  onCleanup(() => {
    photo()?.close();
    result()?.close();
  });

  return { photo, result, problem };
}
