import { createSignal, Show } from 'solid-js';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { isTouched } from '../../workshop/editor/draft.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { CheckField } from '../variants/option-fields.tsx';
import css from './ProjectDialogs.module.css';

/** Asks what a project file shall hold. */
export function SaveProjectDialog(props: { open: boolean; onClose: () => void }) {
  const { editor, project, photos, templates, variants } = useApp().workshop;
  const hasDraft = () => !templates.isSaved(editor.draft().id) && isTouched(editor.draft());
  const [withResults, setWithResults] = createSignal(false);
  return (
    <Modal
      title="Save project"
      open={props.open}
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            kind="primary"
            onClick={() => {
              props.onClose();
              void project.save(withResults());
            }}
          >
            Save project
          </Button>
        </>
      }
    >
      <div class={css.words}>
        <p>
          One file with everything: {plural(photos.list.length, 'photo')},{' '}
          {plural(templates.list.length, 'template')}, imported masks, presets and output settings.
          Drop it on Maskwright, on this device or another, to open it.
        </p>
        <Show when={hasDraft()}>
          <p>The template that you are making is not saved yet, so it is left out.</p>
        </Show>
        <CheckField
          label="Results too"
          hint={`${plural(variants.counts().done, 'variant')}; without them they are generated again.`}
          checked={withResults()}
          disabled={variants.counts().done === 0}
          onChange={setWithResults}
        />
      </div>
    </Modal>
  );
}

/** Asks what to do with a project file that was opened. */
export function OpenProjectDialog() {
  const { project, photos, run, templates } = useApp().workshop;
  const isEmpty = () => photos.list.length === 0 && templates.list.length === 0;
  return (
    <Modal
      title="Open project"
      open={project.offered() !== null}
      onClose={() => project.dismiss()}
      actions={
        <>
          <Button onClick={() => project.dismiss()}>Cancel</Button>
          <Show
            when={!isEmpty()}
            fallback={
              <Button
                kind="primary"
                disabled={run.isWorking()}
                onClick={() => void project.take('replace')}
              >
                Open
              </Button>
            }
          >
            <Button
              kind="danger"
              disabled={run.isWorking()}
              onClick={() => void project.take('replace')}
            >
              Replace everything
            </Button>
            <Button
              kind="primary"
              disabled={run.isWorking()}
              onClick={() => void project.take('merge')}
            >
              Add to mine
            </Button>
          </Show>
        </>
      }
    >
      <Show when={project.offered()}>
        {(offered) => (
          <div class={css.words}>
            <p>
              It holds {plural(offered().photos, 'photo')},{' '}
              {plural(offered().templates, 'template')}
              {offered().results > 0 ? ` and ${plural(offered().results, 'result')}` : ''};{' '}
              {formatBytes(offered().bytes)}.
            </p>
            <Show when={run.isWorking()}>
              <p>Variants are being generated. Wait for the end, or cancel that first.</p>
            </Show>
            <Show when={!isEmpty()}>
              <p>
                “Add to mine” keeps your {plural(photos.list.length, 'photo')} and{' '}
                {plural(templates.list.length, 'template')} and adds what is new. “Replace
                everything” takes yours, with their results, off this device; save your project
                first if you want them back.
              </p>
            </Show>
          </div>
        )}
      </Show>
    </Modal>
  );
}
