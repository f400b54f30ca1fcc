import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { IconButton } from '../controls/Button.tsx';
import css from './RefusedFiles.module.css';

/** Files that did not become photos: which, why, and what to do. */
export function RefusedFiles() {
  const { photos } = useApp().workshop;
  return (
    <Show when={photos.refused().length > 0}>
      <section class={css.box} aria-label="Files that were not added">
        <header class={css.head}>
          <TriangleAlert size={20} />
          <h2>{plural(photos.refused().length, 'file')} not added; the others are in.</h2>
          <IconButton label="Dismiss list" onClick={() => photos.dismissRefused()}>
            <X size={16} />
          </IconButton>
        </header>
        <ul class={css.list}>
          <For each={photos.refused()}>
            {(file) => (
              <li>
                {file.message} <span class={css.next}>{file.next}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
