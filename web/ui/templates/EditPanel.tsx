import Bookmark from 'lucide-solid/icons/bookmark';
import { createSignal, For, Show } from 'solid-js';
import { hasRanges } from '../../core/dataset/template.ts';
import { EDIT_RANGES, NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import { isNeutralSettings } from '../../core/edits/settings.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import css from './EditPanel.module.css';
import { EditRow } from './EditRow.tsx';
import { PresetDialog } from './PresetDialog.tsx';
import { RangeOptions } from './RangeOptions.tsx';

/** The eight edits of the active component, presets for them, and what ranges make of a photo. */
export function EditPanel() {
  const { editor } = useApp().workshop;
  const [choosing, setChoosing] = createSignal(false);
  return (
    <section class={css.section}>
      <div class={css.head}>
        <h2>
          <Show when={editor.draft().components.length > 1} fallback="Edits">
            Edits of “{editor.component().name}”
          </Show>
        </h2>
        <div class={css.buttons}>
          <Button
            kind="quiet"
            icon={<Bookmark size={16} />}
            aria-haspopup="dialog"
            onClick={() => setChoosing(true)}
          >
            Presets
          </Button>
          <Button
            kind="quiet"
            disabled={isNeutralSettings(editor.component().edits)}
            onClick={() => editor.applyEdits(NEUTRAL_EDITS)}
          >
            Reset
          </Button>
        </div>
      </div>
      <For each={EDIT_RANGES}>{(range) => <EditRow range={range} />}</For>
      <Show when={hasRanges(editor.draft())}>
        <RangeOptions />
      </Show>
      <PresetDialog open={choosing()} onClose={() => setChoosing(false)} />
    </section>
  );
}
