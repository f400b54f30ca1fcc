/** One thing the user can do: keyboard, menus and buttons all run it from here. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Go to' | 'Photos' | 'Mask' | 'View' | 'Templates' | 'Results' | 'App';
  /** Keys as shown and matched: `Ctrl+Shift+Z`, `]`, `?`. `Ctrl` is ⌘ on a Mac. */
  readonly keys: readonly string[];
  /** Whether it makes sense now. */
  when(): boolean;
  run(): void;
}

interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether a key stroke is the one written as `keys`. Letters ignore their case. */
export function matches(stroke: KeyStroke, keys: string): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const key = parts[parts.length - 1].toLowerCase();
  const wantsCtrl = parts.includes('Ctrl');
  const hasCtrl = stroke.ctrlKey || stroke.metaKey;
  if (hasCtrl !== wantsCtrl || stroke.altKey) return false;
  if (stroke.key.toLowerCase() !== key) return false;
  // A character that needs Shift, such as "?", is matched by itself.
  const isLetter = /^[a-z]$/.test(key);
  return !(isLetter || key.length > 1) || stroke.shiftKey === parts.includes('Shift');
}
