import { createEffect } from 'solid-js';
import { partsText } from '../../core/edits/edit-text.ts';
import type { SampleCell } from '../../workshop/sample-grid.ts';
import { useApp } from '../app-state.ts';
import css from './SampleDialog.module.css';

/** One variant in the preview: the picture and the values that were drawn for it. */
export function SampleCard(props: { cell: SampleCell; onChoose: () => void }) {
  const { editor } = useApp().workshop;
  let canvas!: HTMLCanvasElement;
  const text = () =>
    partsText(
      editor.draft().components.map(({ name }, index) => ({
        name,
        edits: props.cell.edits[index] ?? props.cell.edits[0],
      })),
    );
  createEffect(() => {
    const { bitmap } = props.cell;
    if (!bitmap) return;
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  });
  return (
    <li>
      <button
        type="button"
        class={css.card}
        classList={{ [css.here]: editor.sample() === props.cell.sample }}
        data-made={props.cell.bitmap !== null}
        title="Show this one on the canvas"
        onClick={() => props.onChoose()}
      >
        <canvas ref={canvas} class={css.picture} width="4" height="3" />
        <span class={css.number}>Variant {props.cell.sample + 1}</span>
        <span class={css.edits}>{text()}</span>
      </button>
    </li>
  );
}
