import { type JSX, Show } from 'solid-js';
import { formatDuration, formatRate } from '../../core/flow/format.ts';
import type { RunState } from '../../workshop/run/state.ts';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './JobBar.module.css';

type Working = Extract<RunState, { kind: 'working' }>;

function headline({ by, stopping }: Working): string {
  if (stopping === 'pause') return 'Pausing: finishing what is in hand…';
  if (stopping === 'cancel') return 'Cancelling: finishing what is in hand…';
  return by === 'this-tab' ? 'Generating' : 'Another tab is generating';
}

/** Count, rate and time left while a run goes on; the buttons are the children. */
export function RunProgress(props: { state: Working; children: JSX.Element }) {
  const progress = () => props.state.progress;
  return (
    <section class={css.bar} aria-label="Run">
      <div class={css.text}>
        <p>
          <span role="status">{headline(props.state)}</span>
          <Show when={progress().total > 0}>
            {' '}
            · {progress().done} of {progress().total}
          </Show>
          <Show when={props.state.failed > 0}> · {props.state.failed} failed</Show>
          <span class={css.name} title={props.state.current}>
            {props.state.current}
          </span>
          <span class={css.left}>
            <Show when={progress().rate}>{(rate) => <>{formatRate(rate())} · </>}</Show>
            <Show when={progress().secondsLeft !== null} fallback="Estimating time left…">
              {formatDuration(progress().secondsLeft ?? 0)} left
            </Show>
          </span>
        </p>
        <ProgressBar
          label="Generating variants"
          share={progress().total > 0 ? progress().done / progress().total : null}
        />
      </div>
      {props.children}
    </section>
  );
}
