import { createMemo, Show } from 'solid-js';
import { formatDuration } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './JobBar.module.css';

/** Count, time left and cancel, while a run goes on. */
export function RunBar() {
  const { run } = useApp().workshop;
  const running = createMemo(() => {
    const state = run.state();
    return state.kind === 'running' ? state : null;
  });
  return (
    <Show when={running()}>
      {(state) => (
        <div class={css.bar} role="status">
          <div class={css.text}>
            <p>
              <Show when={!state().stopping} fallback="Finishing the photo in hand…">
                {state().progress.done} of {state().progress.total}
                <Show when={state().current}> · {state().current}</Show>
                <Show when={state().failed > 0}> · {state().failed} failed</Show>
              </Show>
              <span class={css.left}>
                <Show when={state().progress.secondsLeft !== null} fallback="Estimating time left…">
                  {formatDuration(state().progress.secondsLeft ?? 0)} left
                </Show>
              </span>
            </p>
            <ProgressBar
              label="Generating variants"
              share={
                state().progress.total > 0 ? state().progress.done / state().progress.total : null
              }
            />
          </div>
          <CommandButton command="run.cancel">Cancel</CommandButton>
        </div>
      )}
    </Show>
  );
}
