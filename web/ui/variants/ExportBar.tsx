import { Show } from 'solid-js';
import { formatBytes } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './JobBar.module.css';

/** The archive growing, while it is written. */
export function ExportBar() {
  const { exporter } = useApp().workshop;
  return (
    <Show when={exporter.progress()}>
      {(progress) => (
        <div class={css.bar} role="status">
          <div class={css.text}>
            <p>
              Writing the ZIP: {progress().files} of {progress().totalFiles} files,{' '}
              {formatBytes(progress().bytes)}
            </p>
            <ProgressBar
              label="Writing the ZIP"
              share={progress().totalFiles > 0 ? progress().files / progress().totalFiles : null}
            />
          </div>
          <Button onClick={() => exporter.cancel()}>Cancel</Button>
        </div>
      )}
    </Show>
  );
}
