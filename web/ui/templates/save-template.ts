import type { AppState } from '../app-state.ts';

/** Saves the template in the editor, or shows what it still needs. */
export async function saveTemplate(app: AppState): Promise<void> {
  const { editor, templates, notices } = app.workshop;
  const draft = editor.draft();
  app.setSaveTried(true);
  app.setInspectorOpen(true);
  const obstacle = templates.obstacle(draft);
  if (obstacle?.field === 'component') {
    editor.setActive(obstacle.index);
    notices.show({ tone: 'info', message: obstacle.message });
  }
  if (obstacle || !(await templates.save(draft))) return;
  await templates.keepDraft(null);
  app.setSaveTried(false);
  notices.show({
    tone: 'success',
    message: `Template “${draft.name.trim()}” saved. Changes are kept as you make them.`,
    action: { label: 'Go to Variants', run: () => app.go('variants') },
  });
}
