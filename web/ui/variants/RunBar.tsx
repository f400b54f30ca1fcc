import { type JSX, Match, Show, Switch } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './JobBar.module.css';
import { RunProgress } from './RunProgress.tsx';

/** The run: how far it is and what can be done with it, here or in the tab that works. */
export function RunBar() {
  const { run, variants } = useApp().workshop;
  const working = () => {
    const state = run.state();
    return state.kind === 'working' ? state : null;
  };
  const paused = () => {
    const state = run.state();
    return state.kind === 'paused' ? state : null;
  };
  return (
    <Switch>
      <Match when={working()}>
        {(state) => (
          <RunProgress state={state()}>
            <CommandButton command="run.pause">Pause</CommandButton>
            <CommandButton command="run.cancel">Cancel</CommandButton>
          </RunProgress>
        )}
      </Match>
      <Match when={paused()}>
        {(state) => {
          const counts = () => state().standing;
          return (
            <Bar label="Unfinished run">
              <div class={css.text}>
                <p role="status">
                  {counts().done} of {plural(counts().total, 'variant')} made
                  <Show when={counts().failed > 0}>, {counts().failed} failed</Show>
                  {state().why ? '.' : '. The run is paused.'}
                </p>
                <Show when={state().why}>
                  {(why) => (
                    <p class={css.why}>
                      <strong>{why().message}</strong> {why().next}
                    </p>
                  )}
                </Show>
                <ProgressBar
                  label="Variants made so far"
                  share={(counts().done + counts().failed) / Math.max(1, counts().total)}
                />
              </div>
              <CommandButton command="run.discard">Discard</CommandButton>
              <CommandButton command="run.resume" kind="primary">
                Resume
              </CommandButton>
            </Bar>
          );
        }}
      </Match>
      <Match when={variants.counts().failed > 0}>
        <Bar label="Failed variants">
          <div class={css.text}>
            <p>
              {plural(variants.counts().failed, 'variant')} failed; the reason is on each of them.
            </p>
          </div>
          <CommandButton command="run.retry" />
        </Bar>
      </Match>
    </Switch>
  );
}

function Bar(props: { label: string; children: JSX.Element }) {
  return (
    <section class={css.bar} aria-label={props.label}>
      {props.children}
    </section>
  );
}
