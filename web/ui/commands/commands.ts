import type { AppState } from '../app-state.ts';
import type { Command } from './command.ts';
import { editorCommands, templateCommands, viewCommands } from './editor-commands.ts';
import { photoCommands } from './photo-commands.ts';
import { appCommands, placeCommands } from './place-commands.ts';
import { runCommands } from './run-commands.ts';

/** Every command of the app, in the order in which they are listed. */
export function createCommands(app: AppState): readonly Command[] {
  return [
    ...placeCommands(app),
    ...photoCommands(app),
    ...editorCommands(app),
    ...viewCommands(app),
    ...templateCommands(app),
    ...runCommands(app),
    ...appCommands(app),
  ];
}
