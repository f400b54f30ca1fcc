import { createSignal } from 'solid-js';

export type Theme = 'dark' | 'light';

const KEY = 'maskwright-theme';

function chosen(): Theme | null {
  const value = localStorage.getItem(KEY);
  return value === 'dark' || value === 'light' ? value : null;
}

const system = matchMedia('(prefers-color-scheme: light)');
const [theme, setTheme] = createSignal<Theme>(chosen() ?? fromSystem());

function fromSystem(): Theme {
  return system.matches ? 'light' : 'dark';
}

system.addEventListener('change', () => {
  if (!chosen()) setTheme(fromSystem());
});

/** What is shown now: the user's choice, else the system's. */
export { theme };

/** Applies an earlier choice. Call it before the first paint. */
export function applyTheme(): void {
  const choice = chosen();
  if (choice) document.documentElement.dataset.theme = choice;
}

export function toggleTheme(): void {
  const next: Theme = theme() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, next);
  document.documentElement.dataset.theme = next;
  setTheme(next);
}
