import { canAskWhere } from '../../files/save.ts';
import type { AppState } from '../app-state.ts';
import type { Command } from './command.ts';

/** Runs, the check before export, and the ZIP. */
export function runCommands(app: AppState): readonly Command[] {
  const { photos, templates, variants, run, exporter } = app.workshop;
  const isPaused = () => run.state().kind === 'paused';
  const isIdle = () => !run.isWorking();
  const stopping = () => {
    const state = run.state();
    return state.kind === 'working' ? state.stopping : null;
  };
  return [
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
  ];
}
