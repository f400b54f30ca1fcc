import Download from 'lucide-solid/icons/download';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Show } from 'solid-js';
import { MAX_NAME } from '../../core/dataset/names.ts';
import { editsText } from '../../core/edits/edit-text.ts';
import type { Preset } from '../../core/edits/presets.ts';
import { useApp } from '../app-state.ts';
import { IconButton } from '../controls/Button.tsx';
import css from './PresetDialog.module.css';

/** One preset: press it to use it. The user's own can be renamed, shared and deleted. */
export function PresetRow(props: { preset: Preset; own?: boolean; onApply: () => void }) {
  const { presets } = useApp().workshop;
  const [renaming, setRenaming] = createSignal(false);
  const rename = (to: string) => {
    if (!renaming()) return;
    setRenaming(false);
    presets.rename(props.preset.name, to);
  };
  const about = () => {
    const { edits, count } = props.preset;
    return count === undefined
      ? editsText(edits)
      : `${editsText(edits)} · ${count}\u00a0a\u00a0photo`;
  };
  return (
    <li class={css.row}>
      <Show
        when={!renaming()}
        fallback={
          <input
            ref={(input) => queueMicrotask(() => input.select())}
            class={css.input}
            aria-label="Name of the preset"
            maxlength={MAX_NAME}
            value={props.preset.name}
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename(event.currentTarget.value);
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setRenaming(false);
            }}
          />
        }
      >
        <button type="button" class={css.apply} onClick={() => props.onApply()}>
          <span>{props.preset.name}</span>
          <span class={css.hint}>{about()}</span>
        </button>
      </Show>
      <Show when={props.own}>
        <IconButton label={`Rename ${props.preset.name}`} onClick={() => setRenaming(true)}>
          <Pencil size={16} />
        </IconButton>
        <IconButton
          label={`Export ${props.preset.name}`}
          onClick={() => presets.exportFile([props.preset])}
        >
          <Download size={16} />
        </IconButton>
        <IconButton
          label={`Delete ${props.preset.name}`}
          onClick={() => presets.remove(props.preset.name)}
        >
          <Trash size={16} />
        </IconButton>
      </Show>
    </li>
  );
}
