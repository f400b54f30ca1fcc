import { canAskWhere } from '../../files/save.ts';
import type { AppState } from '../app-state.ts';
import { toggleTheme } from '../shell/theme.ts';
import { openTemplate } from '../templates/open-template.ts';
import type { Command } from './command.ts';

/** Every command of the app. */
export function createCommands(app: AppState): readonly Command[] {
  const { workshop } = app;
  const { editor, photos, templates, variants, run, exporter } = workshop;

  const inTemplates = () => app.place() === 'templates' && photos.list.length > 0;
  const answer = () => editor.answers.list[editor.active()];
  const isPaused = () => run.state().kind === 'paused';
  const isIdle = () => !run.isWorking();
  const stopping = () => {
    const state = run.state();
    return state.kind === 'working' ? state.stopping : null;
  };
  const stepPhoto = (by: number) => {
    const at = photos.list.findIndex(({ hash }) => hash === editor.photo()?.hash);
    const next = photos.list[at + by];
    if (next) editor.show(next.hash);
  };

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
    {
      id: 'view.mode',
      title: 'Mask or result',
      group: 'View',
      keys: ['M'],
      when: inTemplates,
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
    {
      id: 'run.start',
      title: 'Generate',
      group: 'Results',
      keys: ['Ctrl+Enter'],
      when: () => isIdle() && photos.list.length > 0 && templates.list.length > 0,
      run: () => {
        app.go('variants');
        void run.start();
      },
    },
    {
      id: 'run.pause',
      title: 'Pause generating',
      group: 'Results',
      keys: ['P'],
      when: () => run.isWorking() && stopping() === null,
      run: run.pause,
    },
    {
      id: 'run.resume',
      title: 'Resume generating',
      group: 'Results',
      keys: ['P'],
      when: isPaused,
      run: () => {
        app.go('variants');
        void run.resume();
      },
    },
    {
      id: 'run.cancel',
      title: 'Cancel generating',
      group: 'Results',
      keys: [],
      when: () => run.isWorking() && stopping() !== 'cancel',
      run: run.cancel,
    },
    {
      id: 'run.discard',
      title: 'Discard the unfinished rest',
      group: 'Results',
      keys: [],
      when: isPaused,
      run: run.cancel,
    },
    {
      id: 'run.retry',
      title: 'Retry failed',
      group: 'Results',
      keys: [],
      when: () => isIdle() && variants.counts().failed > 0,
      run: () => void run.retryFailed(),
    },
    {
      id: 'health.check',
      title: 'Check the dataset',
      group: 'Results',
      keys: ['H'],
      when: () => photos.list.length > 0,
      run: () => app.go('health'),
    },
    {
      id: 'export.zip',
      title: 'Download ZIP',
      group: 'Results',
      keys: ['Ctrl+E'],
      when: () => isIdle() && exporter.progress() === null && variants.counts().done > 0,
      run: () => void exporter.download(),
    },
    {
      id: 'export.saveAs',
      title: 'Save ZIP as…',
      group: 'Results',
      keys: ['Ctrl+Shift+E'],
      when: () =>
        canAskWhere() && isIdle() && exporter.progress() === null && variants.counts().done > 0,
      run: () => void exporter.saveAs(),
    },
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

async function saveTemplate(app: AppState): Promise<void> {
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
