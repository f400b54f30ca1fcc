import { For, Show } from 'solid-js';
import { type Place, useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { EngineStatus } from './EngineStatus.tsx';
import css from './Steps.module.css';

/** Photos → Templates → Variants: places one can always go to, with what is in them. */
export function Steps() {
  const app = useApp();
  const { photos, templates, variants, run } = app.workshop;
  const done = () => variants.counts().done;
  /** When everything is made, the next step is the download, not this. */
  const hasWork = () => variants.tasks().length === 0 || done() < variants.tasks().length;
  const steps: readonly { place: Place; title: string; count: () => string }[] = [
    { place: 'photos', title: 'Photos', count: () => String(photos.list.length) },
    { place: 'templates', title: 'Templates', count: () => String(templates.list.length) },
    {
      place: 'variants',
      title: 'Variants',
      count: () => (variants.tasks().length === 0 ? '0' : `${done()} / ${variants.tasks().length}`),
    },
  ];
  /** Checking is done on the way from variants to export. */
  const isHere = (place: Place) =>
    app.place() === place || (place === 'variants' && app.place() === 'health');
  return (
    <header class={css.steps}>
      <nav class={css.tabs} aria-label="Steps">
        <For each={steps}>
          {(step, index) => (
            <a
              class={css.tab}
              classList={{ [css.here]: isHere(step.place) }}
              href={`#/${step.place}`}
              aria-current={isHere(step.place) ? 'step' : undefined}
            >
              <span class={css.number}>{index() + 1}</span>
              {step.title}
              <span class={css.count}>{step.count()}</span>
            </a>
          )}
        </For>
      </nav>
      <EngineStatus />
      <Show when={!run.isWorking()} fallback={<CommandButton command="run.cancel" />}>
        <CommandButton
          command="run.start"
          kind={hasWork() && run.state().kind !== 'paused' ? 'primary' : 'plain'}
        />
      </Show>
    </header>
  );
}
