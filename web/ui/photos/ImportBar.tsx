import { Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './ImportBar.module.css';

/** What is being read in, while it is. */
export function ImportBar() {
  const { photos } = useApp().workshop;
  return (
    <Show when={photos.importing()}>
      {(status) => (
        <div class={css.bar} role="status">
          <div class={css.text}>
            <p>
              Reading {status().current || 'files'}… {plural(status().added, 'photo')} added
            </p>
            <ProgressBar label="Reading files" share={null} />
          </div>
          <Button onClick={() => photos.cancelImport()}>Stop</Button>
        </div>
      )}
    </Show>
  );
}
