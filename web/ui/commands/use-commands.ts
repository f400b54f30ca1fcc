import { createContext, onCleanup, useContext } from 'solid-js';
import { type Command, matches } from './command.ts';

export const CommandContext = createContext<readonly Command[]>([]);

/** The command with this id, for a button or a menu row. */
export function useCommand(id: string): Command {
  const command = useContext(CommandContext).find((one) => one.id === id);
  if (!command) throw new Error(`There is no command "${id}".`);
  return command;
}

/** Lets the keyboard run commands, except while text is being typed or a dialog is open. */
export function listenToKeys(commands: readonly Command[]): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return;
    const target = event.target as HTMLElement;
    const inField = target.closest('input, textarea, select, [contenteditable]') !== null;
    const withCtrl = event.ctrlKey || event.metaKey;
    if (document.querySelector('[role="dialog"]')) return;
    // In a field, only commands with Ctrl; there, undo belongs to the text.
    if (inField && (!withCtrl || /^[zy]$/i.test(event.key)) && !isSlider(target)) return;
    if (isSlider(target) && !withCtrl) return;
    const command = commands.find(
      (one) => one.keys.some((keys) => matches(event, keys)) && one.when(),
    );
    if (!command) return;
    event.preventDefault();
    command.run();
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));
}

function isSlider(target: HTMLElement): boolean {
  return target.getAttribute('role') === 'slider';
}
