import type { AppState } from '../app-state.ts';
import { openTemplate } from '../templates/open-template.ts';

/** Goes to a photo with the template that was judged there, to see where it lands. */
export function openFinding(app: AppState, photo: string, templateId?: string): void {
  const { templates, editor } = app.workshop;
  const template = templates.list.find(({ id }) => id === templateId);
  if (template && editor.draft().id !== template.id) openTemplate(app, template);
  editor.show(photo);
  app.go('templates');
}
