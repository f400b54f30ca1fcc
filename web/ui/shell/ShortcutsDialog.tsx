import { For, useContext } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandContext } from '../commands/use-commands.ts';
import { Modal } from '../controls/Modal.tsx';
import css from './ShortcutsDialog.module.css';

const isMac = /mac/i.test(navigator.userAgent);

function shown(keys: string): string {
  return keys
    .replace('Ctrl', isMac ? '⌘' : 'Ctrl')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→');
}

/** Every key, from the same table that the keyboard uses. */
export function ShortcutsDialog() {
  const app = useApp();
  const commands = useContext(CommandContext).filter(({ keys }) => keys.length > 0);
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Modal
      title="Keyboard shortcuts"
      open={app.shortcutsOpen()}
      onClose={() => app.setShortcutsOpen(false)}
    >
      <div class={css.groups}>
        <For each={groups}>
          {(group) => (
            <section>
              <h2>{group}</h2>
              <dl class={css.list}>
                <For each={commands.filter((command) => command.group === group)}>
                  {(command) => (
                    <div class={css.row}>
                      <dt>{command.title}</dt>
                      <dd>
                        <For each={command.keys}>{(keys) => <kbd>{shown(keys)}</kbd>}</For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
        <section>
          <h2>On the photo</h2>
          <dl class={css.list}>
            <For
              each={[
                ['Include', 'Click'],
                ['Exclude', 'Right click or Shift + click'],
                ['Box around the object', 'Drag'],
                ['Move the photo', 'Space + drag, middle button, two fingers'],
                ['Zoom', 'Wheel or pinch'],
                ['Aim without a pointer', 'A, then arrows; Alt + arrows go slowly'],
                ['Click there', 'Enter; Shift + Enter excludes'],
              ]}
            >
              {([what, how]) => (
                <div class={css.row}>
                  <dt>{what}</dt>
                  <dd>{how}</dd>
                </div>
              )}
            </For>
          </dl>
        </section>
      </div>
    </Modal>
  );
}
