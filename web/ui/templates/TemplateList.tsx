import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { IconButton } from '../controls/Button.tsx';
import { Thumbnail } from '../photos/Thumbnail.tsx';
import { openTemplate } from './open-template.ts';
import css from './TemplateList.module.css';

/** The saved templates: press one to work on it. */
export function TemplateList() {
  const app = useApp();
  const { templates, editor } = app.workshop;
  // A template is a new object with every change of it; its row stays.
  const ids = () => templates.list.map(({ id }) => id);
  const find = (id: string) => templates.list.find((template) => template.id === id);
  const remove = (id: string) => {
    void templates.remove(id);
    if (editor.draft().id === id) editor.open(null);
  };
  return (
    <Show
      when={templates.list.length > 0}
      fallback={<p class={css.none}>None yet. Click the object on the photo to start one.</p>}
    >
      <ul class={css.list}>
        <For each={ids()}>
          {(id) => (
            <li class={css.row} classList={{ [css.here]: editor.draft().id === id }}>
              <button
                type="button"
                class={css.open}
                aria-current={editor.draft().id === id}
                onClick={() => {
                  const template = find(id);
                  if (template) openTemplate(app, template);
                }}
              >
                <span class={css.picture}>
                  <Thumbnail hash={find(id)?.reference ?? ''} alt="" />
                </span>
                <span class={css.text}>
                  <span class={css.name}>{find(id)?.name}</span>
                  <span class={css.class}>{find(id)?.className}</span>
                </span>
              </button>
              <IconButton label={`Delete ${find(id)?.name}`} onClick={() => remove(id)}>
                <Trash size={16} />
              </IconButton>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
