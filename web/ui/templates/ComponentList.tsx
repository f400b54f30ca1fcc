import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, For, Show } from 'solid-js';
import { MAX_NAME } from '../../core/dataset/names.ts';
import { useApp } from '../app-state.ts';
import { COMPONENT_COLOURS } from '../canvas/paint-mask.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import css from './ComponentList.module.css';

/** The parts of the template: each has clicks and edits of its own. Most templates have one. */
export function ComponentList() {
  const { editor } = useApp().workshop;
  // Rows stay in place while they are renamed, so the list follows positions, not objects.
  const indices = createMemo(() => editor.draft().components.map((_, index) => index), [], {
    equals: (a, b) => a.length === b.length,
  });
  const colour = (index: number) => COMPONENT_COLOURS[index % COMPONENT_COLOURS.length].join(' ');
  return (
    <section class={css.section}>
      <div class={css.head}>
        <h2>Parts</h2>
        <Show when={editor.draft().placement !== 'given-masks'}>
          <Button kind="quiet" icon={<Plus size={16} />} onClick={() => editor.addComponent()}>
            Add part
          </Button>
        </Show>
      </div>
      <ul class={css.list}>
        <For each={indices()}>
          {(index) => (
            <li class={css.row} classList={{ [css.here]: editor.active() === index }}>
              <button
                type="button"
                class={css.dot}
                style={{ 'background-color': `rgb(${colour(index)})` }}
                aria-label={`Work on ${editor.draft().components[index]?.name}`}
                aria-pressed={editor.active() === index}
                onClick={() => editor.setActive(index)}
              />
              <input
                class={css.name}
                aria-label="Name of the part"
                maxlength={MAX_NAME}
                value={editor.draft().components[index]?.name ?? ''}
                onFocus={() => editor.setActive(index)}
                onChange={(event) => editor.renameComponent(index, event.currentTarget.value)}
              />
              <Show when={indices().length > 1}>
                <IconButton
                  label={`Remove ${editor.draft().components[index]?.name}`}
                  onClick={() => editor.removeComponent(index)}
                >
                  <Trash size={16} />
                </IconButton>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
