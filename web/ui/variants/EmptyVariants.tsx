import { Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import css from './EmptyVariants.module.css';

/** What is still missing before anything can be generated. */
export function EmptyVariants() {
  const { photos } = useApp().workshop;
  return (
    <section class={css.empty}>
      <h1>Variants of every photo appear here</h1>
      <Show
        when={photos.list.length > 0}
        fallback={
          <>
            <p>Add photos, click the object in one of them, then generate.</p>
            <CommandButton command="go.photos" kind="primary">
              Go to Photos
            </CommandButton>
          </>
        }
      >
        <p>The photos are there. Save a template: click the object and give it a name.</p>
        <CommandButton command="go.templates" kind="primary">
          Go to Templates
        </CommandButton>
      </Show>
    </section>
  );
}
