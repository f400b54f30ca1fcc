import type { AppState } from '../app-state.ts';
import { openTemplate } from '../templates/open-template.ts';
import { saveTemplate } from '../templates/save-template.ts';
import type { Command } from './command.ts';
import { isEditing } from './is-editing.ts';

/** Clicks, masks and templates. */
export function editorCommands(app: AppState): readonly Command[] {
  const { editor } = app.workshop;
  const inTemplates = () => isEditing(app);
  const answer = () => editor.answers.list[editor.active()];
  return [
    {
      id: 'mask.aim',
      title: 'Aim at the object',
      group: 'Mask',
      keys: ['A'],
      when: () => inTemplates() && app.canvas() !== null,
      run: () => app.canvas()?.focus(),
    },
    {
      id: 'mask.include',
      title: 'Clicks include',
      group: 'Mask',
      keys: ['I'],
      when: inTemplates,
      run: () => app.setTool('include'),
    },
    {
      id: 'mask.exclude',
      title: 'Clicks exclude',
      group: 'Mask',
      keys: ['E'],
      when: inTemplates,
      run: () => app.setTool('exclude'),
    },
    {
      id: 'mask.smaller',
      title: 'Smaller mask',
      group: 'Mask',
      keys: ['['],
      when: () => inTemplates() && answer()?.kind === 'segmented' && editor.isReference(),
      run: () => editor.stepCandidate(-1),
    },
    {
      id: 'mask.larger',
      title: 'Larger mask',
      group: 'Mask',
      keys: [']'],
      when: () => inTemplates() && answer()?.kind === 'segmented' && editor.isReference(),
      run: () => editor.stepCandidate(1),
    },
    {
      id: 'mask.clear',
      title: 'Clear clicks',
      group: 'Mask',
      keys: ['Delete'],
      when: () => inTemplates() && answer()?.kind !== 'none' && editor.isReference(),
      run: editor.clear,
    },
    {
      id: 'edit.undo',
      title: 'Undo',
      group: 'Mask',
      keys: ['Ctrl+Z'],
      when: () => inTemplates() && editor.canUndo(),
      run: editor.undo,
    },
    {
      id: 'edit.redo',
      title: 'Redo',
      group: 'Mask',
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      when: () => inTemplates() && editor.canRedo(),
      run: editor.redo,
    },
  ];
}

/** How the photo is looked at. */
export function viewCommands(app: AppState): readonly Command[] {
  const { editor } = app.workshop;
  return [
    {
      id: 'view.mode',
      title: 'Mask or result',
      group: 'View',
      keys: ['M'],
      when: () => isEditing(app),
      run: () => editor.setViewMode(editor.viewMode() === 'mask' ? 'result' : 'mask'),
    },
    {
      id: 'view.fit',
      title: 'Fit photo',
      group: 'View',
      keys: ['0'],
      when: () => app.canvas() !== null,
      run: () => app.canvas()?.fit(),
    },
    {
      id: 'view.actual',
      title: 'Actual size',
      group: 'View',
      keys: ['Shift+A'],
      when: () => app.canvas() !== null,
      run: () => app.canvas()?.actualSize(),
    },
    {
      id: 'view.zoomIn',
      title: 'Zoom in',
      group: 'View',
      keys: ['+', '='],
      when: () => app.canvas() !== null,
      run: () => app.canvas()?.zoomBy(1.25),
    },
    {
      id: 'view.zoomOut',
      title: 'Zoom out',
      group: 'View',
      keys: ['-'],
      when: () => app.canvas() !== null,
      run: () => app.canvas()?.zoomBy(0.8),
    },
  ];
}

/** Templates as a whole. */
export function templateCommands(app: AppState): readonly Command[] {
  const { editor, templates } = app.workshop;
  const inTemplates = () => isEditing(app);
  return [
    {
      id: 'template.new',
      title: 'New template',
      group: 'Templates',
      keys: ['N'],
      when: inTemplates,
      run: () => openTemplate(app, null),
    },
    {
      id: 'template.save',
      title: 'Save template',
      group: 'Templates',
      keys: ['Ctrl+S'],
      when: () => inTemplates() && !templates.isSaved(editor.draft().id),
      run: () => void saveTemplate(app),
    },
  ];
}
