import type { AppState } from '../app-state.ts';
import { toggleTheme } from '../shell/theme.ts';
import type { Command } from './command.ts';

/** Where to go. */
export function placeCommands(app: AppState): readonly Command[] {
  return [
    {
      id: 'go.photos',
      title: 'Photos',
      group: 'Go to',
      keys: ['1'],
      when: () => true,
      run: () => app.go('photos'),
    },
    {
      id: 'go.templates',
      title: 'Templates',
      group: 'Go to',
      keys: ['2'],
      when: () => true,
      run: () => app.go('templates'),
    },
    {
      id: 'go.variants',
      title: 'Variants',
      group: 'Go to',
      keys: ['3'],
      when: () => true,
      run: () => app.go('variants'),
    },
    {
      id: 'go.device',
      title: 'Device',
      group: 'Go to',
      keys: ['4'],
      when: () => true,
      run: () => app.go('device'),
    },
  ];
}

/** What belongs to no place. */
export function appCommands(app: AppState): readonly Command[] {
  return [
    {
      id: 'app.theme',
      title: 'Dark or light',
      group: 'App',
      keys: ['Shift+T'],
      when: () => true,
      run: toggleTheme,
    },
    {
      id: 'app.shortcuts',
      title: 'Keyboard shortcuts',
      group: 'App',
      keys: ['?'],
      when: () => true,
      run: () => app.setShortcutsOpen(true),
    },
  ];
}
