import Download from 'lucide-solid/icons/download';
import Upload from 'lucide-solid/icons/upload';
import { createSignal, For, Show } from 'solid-js';
import { MAX_NAME } from '../../core/dataset/names.ts';
import { hasRanges } from '../../core/dataset/template.ts';
import { BUILT_IN_PRESETS, type Preset } from '../../core/edits/presets.ts';
import { isFixed, isNeutralSettings } from '../../core/edits/settings.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Field } from '../controls/Field.tsx';
import { Modal } from '../controls/Modal.tsx';
import css from './PresetDialog.module.css';
import { PresetRow } from './PresetRow.tsx';

/** Edits with a name: choose one, keep the current ones, share them as a file. */
export function PresetDialog(props: { open: boolean; onClose: () => void }) {
  const { editor, presets } = useApp().workshop;
  const [name, setName] = createSignal('');
  let file!: HTMLInputElement;

  const apply = ({ edits, count }: Preset) => {
    editor.applyEdits(edits, count);
    editor.setViewMode('result');
    props.onClose();
  };
  const save = (event: Event) => {
    event.preventDefault();
    const { edits } = editor.component();
    const { count } = editor.draft();
    const withCount = !isFixed(edits) && hasRanges(editor.draft()) && count !== undefined;
    presets.add({ name: name() || editor.draft().name, edits, ...(withCount && { count }) });
    setName('');
  };

  return (
    <Modal
      title="Presets"
      open={props.open}
      onClose={props.onClose}
      actions={
        <>
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            class="visually-hidden"
            tabIndex={-1}
            aria-label="Preset file"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) void presets.importFile(chosen);
              event.currentTarget.value = '';
            }}
          />
          <Button icon={<Upload size={16} />} onClick={() => file.click()}>
            Import…
          </Button>
          <Button
            icon={<Download size={16} />}
            disabled={presets.list().length === 0}
            onClick={() => presets.exportFile(presets.list())}
          >
            Export mine
          </Button>
        </>
      }
    >
      <div class={css.groups}>
        <section class={css.group} aria-label="Your presets">
          <h2>Yours</h2>
          <Show
            when={presets.list().length > 0}
            fallback={
              <p class={css.hint}>None yet. Set some edits, then keep them here under a name.</p>
            }
          >
            <ul class={css.list}>
              <For each={presets.list()}>
                {(preset) => <PresetRow preset={preset} own onApply={() => apply(preset)} />}
              </For>
            </ul>
          </Show>
          <form class={css.save} onSubmit={save}>
            <Field
              label="Keep the current edits as"
              value={name()}
              placeholder={editor.draft().name || 'my lighting'}
              maxLength={MAX_NAME}
              onInput={setName}
            />
            <Button
              type="submit"
              disabled={
                isNeutralSettings(editor.component().edits) ||
                (name() || editor.draft().name).trim() === ''
              }
            >
              Save
            </Button>
          </form>
        </section>
        <section class={css.group} aria-label="Presets that come with the app">
          <h2>Built in</h2>
          <ul class={css.list}>
            <For each={BUILT_IN_PRESETS}>
              {(preset) => <PresetRow preset={preset} onApply={() => apply(preset)} />}
            </For>
          </ul>
        </section>
      </div>
    </Modal>
  );
}
