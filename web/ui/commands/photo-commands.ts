import type { AppState } from '../app-state.ts';
import type { Command } from './command.ts';
import { isEditing } from './is-editing.ts';

/** Photos coming in, and one after the other in the editor. */
export function photoCommands(app: AppState): readonly Command[] {
  const { editor, photos } = app.workshop;
  const inTemplates = () => isEditing(app);
  const stepPhoto = (by: number) => {
    const at = photos.list.findIndex(({ hash }) => hash === editor.photo()?.hash);
    const next = photos.list[at + by];
    if (next) editor.show(next.hash);
  };
  return [
    {
      id: 'photos.add',
      title: 'Add photos…',
      group: 'Photos',
      keys: ['O'],
      when: () => true,
      run: app.pickFiles,
    },
    {
      id: 'photos.folder',
      title: 'Add a folder…',
      group: 'Photos',
      keys: ['Shift+O'],
      when: () => true,
      run: app.pickFolder,
    },
    {
      id: 'photos.previous',
      title: 'Previous photo',
      group: 'Photos',
      keys: ['ArrowLeft'],
      when: inTemplates,
      run: () => stepPhoto(-1),
    },
    {
      id: 'photos.next',
      title: 'Next photo',
      group: 'Photos',
      keys: ['ArrowRight'],
      when: inTemplates,
      run: () => stepPhoto(1),
    },
  ];
}
