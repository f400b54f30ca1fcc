import { createMemo, createSignal, Show } from 'solid-js';
import { describeVariantProblem } from '../../core/dataset/variant-text.ts';
import type { ImageBox } from '../../core/geometry/spaces.ts';
import { promptsFromUnit } from '../../core/transfer/placement.ts';
import { useApp } from '../app-state.ts';
import { PhotoCanvas } from '../canvas/PhotoCanvas.tsx';
import { CanvasMessage } from './CanvasMessage.tsx';
import { CanvasTools } from './CanvasTools.tsx';
import css from './EditorCanvas.module.css';
import { createOverlays } from './overlays.ts';
import { PointMarkers } from './PointMarkers.tsx';
import { SplitHandle } from './SplitHandle.tsx';

/** The photo with its mask or its result, and the tools of the moment at its edge. */
export function EditorCanvas() {
  const app = useApp();
  const { editor, preview, notices, segmenter } = app.workshop;
  const overlays = createOverlays(editor);
  const [split, setSplit] = createSignal(0);

  const photo = createMemo(() => editor.photo());
  const size = () => photo() ?? { width: 1, height: 1 };
  const isResult = () => editor.viewMode() === 'result';
  const prompts = createMemo(() => promptsFromUnit(editor.component().prompts, size()));
  const answer = () => editor.answers.list[editor.active()];

  const isGiven = () => editor.draft().placement === 'given-masks';
  const elsewhere = () => (isGiven() ? sayGiven() : sayWhere());
  const sayGiven = () =>
    notices.show({
      tone: 'info',
      message: 'The masks of this template were imported; clicks do not change them.',
      next: 'Press “New” to make a template by clicking.',
    });
  const sayWhere = () =>
    notices.show({
      tone: 'info',
      message: `This shows how the template lands on ${photo()?.name ?? 'this photo'}.`,
      next: 'Clicks belong on the reference photo.',
      action: { label: 'Go there', run: () => editor.show(editor.draft().reference) },
    });

  const onClick = (point: { x: number; y: number }, inverted: boolean) => {
    const include = (app.tool() === 'include') !== inverted;
    if (!editor.click(point, include)) elsewhere();
  };
  const onBox = (box: ImageBox) => {
    if (!editor.drawBox(box)) elsewhere();
  };

  return (
    <Show when={photo()}>
      {(current) => (
        <>
          <PhotoCanvas
            size={size()}
            photo={current().hash}
            label={`Photo ${current().name}. Click the object to select it; by keyboard, press A, aim with the arrows and press Enter.`}
            scene={{
              photo: preview.photo(),
              result: isResult() ? preview.result() : null,
              split: split(),
              overlays: isResult() ? [] : overlays(),
              kept: editor.isReference() && !isResult() ? prompts().box : null,
            }}
            onClick={onClick}
            onBox={onBox}
            onHandle={app.setCanvas}
          >
            {(viewport) => (
              <>
                <Show when={!isResult() && editor.isReference()}>
                  <PointMarkers viewport={viewport} points={prompts().points} />
                </Show>
                <Show when={isResult() && preview.result()}>
                  <SplitHandle
                    viewport={viewport}
                    size={size()}
                    value={split()}
                    onChange={setSplit}
                  />
                </Show>
              </>
            )}
          </PhotoCanvas>
          <CanvasTools />
          <div class={css.messages}>
            <Show when={preview.problem()}>
              <CanvasMessage tone="bad">{preview.problem()}</CanvasMessage>
            </Show>
            <Show when={isGiven() && answer()?.kind === 'none'}>
              <CanvasMessage>
                “{editor.draft().name}” has no imported mask for {current().name}, so it makes no
                variant of it.
              </CanvasMessage>
            </Show>
            <Show when={!editor.isReference() && !isGiven()}>
              <CanvasMessage
                action={{
                  label: 'Back to the reference',
                  run: () => editor.show(editor.draft().reference),
                }}
              >
                How “{editor.draft().name || 'this template'}” lands on {current().name}
              </CanvasMessage>
            </Show>
            <Show when={answer()?.kind === 'waiting'}>
              <CanvasMessage busy>
                {segmenter.state().kind === 'starting'
                  ? 'Loading the model for the first time…'
                  : segmenter.isEncoded(current().hash)
                    ? 'Finding the object…'
                    : 'Looking at this photo for the first time…'}
              </CanvasMessage>
            </Show>
            <Show when={answer()?.kind === 'none' && editor.isReference() && !isGiven()}>
              <CanvasMessage>Click the object, or drag a box around it.</CanvasMessage>
            </Show>
            <Show when={failureOf(answer(), current().name)}>
              {(text) => (
                <CanvasMessage
                  tone="bad"
                  action={{
                    label: 'Try again',
                    run: () => void segmenter.start().then(() => editor.retry()),
                  }}
                >
                  {text()}
                </CanvasMessage>
              )}
            </Show>
          </div>
        </>
      )}
    </Show>
  );
}

function failureOf(
  answer: ReturnType<typeof useApp>['workshop']['editor']['answers']['list'][number] | undefined,
  photo: string,
): string | null {
  if (answer?.kind !== 'failed') return null;
  const { message, next } = describeVariantProblem(answer.problem, photo);
  return `${message} ${next}`;
}
