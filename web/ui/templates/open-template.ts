import { type Draft, isTouched } from '../../workshop/editor/draft.ts';
import type { AppState } from '../app-state.ts';

/** Opens a template, or a new one; an unsaved draft can be brought back. */
export function openTemplate(app: AppState, next: Draft | null): void {
  const { editor, templates, notices } = app.workshop;
  const left = editor.draft();
  app.setSaveTried(false);
  editor.open(next);
  if (templates.isSaved(left.id) || !isTouched(left)) return;
  notices.show({
    tone: 'info',
    message: 'The template you were making was put aside unsaved.',
    action: { label: 'Bring it back', run: () => editor.open(left) },
  });
}
