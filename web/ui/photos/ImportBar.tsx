import { type JSX, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './ImportBar.module.css';

/** What is being read in, while it is: photos first, then their annotations. */
export function ImportBar() {
  const { photos, imports, project } = useApp().workshop;
  return (
    <>
      <Show when={photos.importing()}>
        {(status) => (
          <Bar label="Reading files" share={null} onStop={() => photos.cancelImport()}>
            Reading {status().current || 'files'}… {plural(status().added, 'photo')} added
          </Bar>
        )}
      </Show>
      <Show when={imports.reading()}>
        {(progress) => (
          <Bar
            label="Reading annotations"
            share={progress().files / progress().totalFiles}
            onStop={() => imports.cancelReading()}
          >
            Reading annotations: {progress().files} of {plural(progress().totalFiles, 'file')}
          </Bar>
        )}
      </Show>
      <Show when={project.progress()}>
        {(progress) => (
          <Bar
            label="Project file"
            share={progress().totalFiles > 0 ? progress().files / progress().totalFiles : null}
            onStop={() => project.cancel()}
          >
            {progress().doing === 'saving' ? 'Writing' : 'Reading'} the project: {progress().files}{' '}
            of {plural(progress().totalFiles, 'file')}
          </Bar>
        )}
      </Show>
    </>
  );
}

function Bar(props: {
  label: string;
  share: number | null;
  onStop: () => void;
  children: JSX.Element;
}) {
  return (
    <div class={css.bar} role="status">
      <div class={css.text}>
        <p>{props.children}</p>
        <ProgressBar label={props.label} share={props.share} />
      </div>
      <Button onClick={() => props.onStop()}>Stop</Button>
    </div>
  );
}
