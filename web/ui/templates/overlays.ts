import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Editor } from '../../workshop/editor/editor.ts';
import { createOverlay, type Overlay } from '../canvas/overlay.ts';
import { COMPONENT_COLOURS } from '../canvas/paint-mask.ts';

/** Longest side of a mask that is shown: finer than the model's own 256 pixels can be seen. */
const OVERLAY_SIDE = 1280;

/** The masks of all components as tinted pictures. An old one stays until the next is ready. */
export function createOverlays(editor: Editor): Accessor<readonly Overlay[]> {
  const [overlays, setOverlays] = createSignal<readonly Overlay[]>([]);
  let latest = 0;

  const replace = (next: readonly Overlay[]) => {
    const old = overlays();
    setOverlays(next);
    for (const { bitmap } of old) bitmap.close();
  };

  const question = () =>
    JSON.stringify([
      editor.photo()?.hash,
      editor.answers.list.map((answer) =>
        answer.kind === 'segmented'
          ? [answer.segmentation.answer, answer.segmentation.chosen]
          : [answer.kind, answer.kind === 'given' && answer.templateId],
      ),
    ]);

  createEffect(
    on(question, async () => {
      const photo = editor.photo();
      const turn = ++latest;
      if (!photo) return replace([]);
      const scale = Math.min(1, OVERLAY_SIDE / Math.max(photo.width, photo.height));
      const size = {
        width: Math.max(1, Math.round(photo.width * scale)),
        height: Math.max(1, Math.round(photo.height * scale)),
      };
      const painted = await Promise.all(
        editor.answers.list.map(async (_, index) => {
          const mask = await editor.answers.view(index, size);
          const colour = COMPONENT_COLOURS[index % COMPONENT_COLOURS.length];
          return mask && createOverlay(mask, colour);
        }),
      );
      const next = painted.filter((overlay) => overlay !== null);
      if (turn === latest) replace(next);
      else for (const { bitmap } of next) bitmap.close();
    }),
  );
  onCleanup(() => {
    latest++;
    replace([]);
  });
  return overlays;
}
