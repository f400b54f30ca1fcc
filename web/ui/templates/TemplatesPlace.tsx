import { Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { EditorCanvas } from './EditorCanvas.tsx';
import { Filmstrip } from './Filmstrip.tsx';
import { Inspector } from './Inspector.tsx';
import css from './TemplatesPlace.module.css';

/** Click the object, name it, choose its edits. */
export function TemplatesPlace() {
  const app = useApp();
  const { photos } = app.workshop;
  return (
    <Show
      when={photos.list.length > 0}
      fallback={
        <Show when={photos.loaded()}>
          <section class={css.empty}>
            <h1>A template starts on a photo</h1>
            <p>Add photos first. Then click the object in one of them: the others follow.</p>
            <CommandButton command="go.photos" kind="primary">
              Go to Photos
            </CommandButton>
          </section>
        </Show>
      }
    >
      <div class={css.place}>
        <div class={css.stage}>
          <EditorCanvas />
        </div>
        <Filmstrip />
        <Show when={app.inspectorOpen()}>
          <Inspector />
        </Show>
      </div>
    </Show>
  );
}
