import type { AppState } from '../app-state.ts';

/** Whether the template editor is on the screen, with a photo in it. */
export function isEditing(app: AppState): boolean {
  return app.place() === 'templates' && app.workshop.photos.list.length > 0;
}
