import { type JSX, lazy, Show, Suspense } from 'solid-js';
import { useApp } from '../app-state.ts';
import { DropZone } from './DropZone.tsx';
import { NoticeList } from './NoticeList.tsx';
import { Rail } from './Rail.tsx';
import css from './Shell.module.css';
import { Steps } from './Steps.tsx';

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./ShortcutsDialog.tsx')).ShortcutsDialog,
}));

const ImportDialog = lazy(async () => ({
  default: (await import('../photos/ImportDialog.tsx')).ImportDialog,
}));

const OpenProjectDialog = lazy(async () => ({
  default: (await import('../photos/ProjectDialogs.tsx')).OpenProjectDialog,
}));

const StorageReminder = lazy(async () => ({
  default: (await import('../device/StorageReminder.tsx')).StorageReminder,
}));

/** Rail, steps, and the place one is in. */
export function Shell(props: { steps: boolean; children: JSX.Element }) {
  const app = useApp();
  return (
    <DropZone>
      <div class={css.shell}>
        <a class={css.skip} href="#main">
          Skip to content
        </a>
        <Rail />
        <div class={css.column}>
          <Show when={props.steps}>
            <Steps />
          </Show>
          <Show when={app.workshop.retention.reminder()}>
            {(reminder) => (
              <Suspense>
                <StorageReminder reminder={reminder()} />
              </Suspense>
            )}
          </Show>
          <main id="main" class={css.main} tabindex={-1}>
            {props.children}
          </main>
        </div>
        <NoticeList />
        <Show when={app.shortcutsOpen()}>
          <Suspense>
            <ShortcutsDialog />
          </Suspense>
        </Show>
        <Show when={app.workshop.project.offered()}>
          <Suspense>
            <OpenProjectDialog />
          </Suspense>
        </Show>
        <Show when={app.workshop.imports.found()}>
          <Suspense>
            <ImportDialog />
          </Suspense>
        </Show>
      </div>
    </DropZone>
  );
}
