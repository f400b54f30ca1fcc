import Dices from 'lucide-solid/icons/dices';
import { For, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { createSampleGrid } from '../../workshop/sample-grid.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import { SampleCard } from './SampleCard.tsx';
import css from './SampleDialog.module.css';

/** Every variant that the template makes of the photo on screen, before anything is generated. */
export function SampleDialog(props: { open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <OpenDialog onClose={props.onClose} />
    </Show>
  );
}

function OpenDialog(props: { onClose: () => void }) {
  const { services, editor, variants } = useApp().workshop;
  const grid = createSampleGrid(services, editor, () => variants.output().seed);
  const hasMask = () =>
    editor.answers.list.some(({ kind }) => kind !== 'none' && kind !== 'failed');
  return (
    <Modal
      title={`${plural(grid.cells().length, 'variant')} of ${editor.photo()?.name ?? 'this photo'}`}
      open
      wide
      onClose={props.onClose}
      actions={
        <>
          <Show when={grid.made() !== null}>
            <Button onClick={() => grid.stop()}>Stop</Button>
          </Show>
          <Button icon={<Dices size={16} />} onClick={() => editor.reshuffle()}>
            Draw other values
          </Button>
          <Button kind="primary" onClick={() => props.onClose()}>
            Done
          </Button>
        </>
      }
    >
      <Show when={!hasMask()}>
        <p class={css.note}>
          No object is selected on this photo yet, so nothing changes. Click it first.
        </p>
      </Show>
      <Show when={grid.problem()}>
        <p class={css.note} role="alert">
          {grid.problem()}
        </p>
      </Show>
      <Show when={grid.made() !== null}>
        <div class={css.progress}>
          <p>
            {grid.made()} of {grid.cells().length} made
          </p>
          <ProgressBar
            label="Making the previews"
            share={(grid.made() ?? 0) / Math.max(1, grid.cells().length)}
          />
        </div>
      </Show>
      <ul class={css.grid} aria-label="Variants of the photo">
        <For each={grid.cells()}>
          {(cell) => (
            <SampleCard
              cell={cell}
              onChoose={() => {
                editor.setSample(cell.sample);
                editor.setViewMode('result');
                props.onClose();
              }}
            />
          )}
        </For>
      </ul>
    </Modal>
  );
}
