import { Show } from 'solid-js';
import { formatDuration } from '../../core/flow/format.ts';
import type { CheckProgress, CheckStage } from '../../workers/health/contract.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import css from './HealthPlace.module.css';

const STAGE: Readonly<Record<CheckStage, string>> = {
  variants: 'Looking at masks',
  photos: 'Looking at photos',
  pairs: 'Comparing pairs of photos',
};

/** How far the check is, with its rate, the time left, and a way to stop it. */
export function CheckBar(props: { progress: CheckProgress }) {
  const { health } = useApp().workshop;
  const whole = (count: number) => count.toLocaleString('en');
  return (
    <div class={css.check} role="status">
      <div class={css.checkText}>
        <p>
          {STAGE[props.progress.stage]}
          <Show when={props.progress.total > 0}>
            : {whole(props.progress.done)} of {whole(props.progress.total)}
          </Show>
          <Show when={props.progress.rate}>
            {(rate) => <span class={css.why}> · {whole(Math.round(rate()))} a second</span>}
          </Show>
          <Show when={props.progress.secondsLeft}>
            {(left) => <span class={css.why}> · {formatDuration(left())} left</span>}
          </Show>
        </p>
        <ProgressBar
          label="Checking the dataset"
          share={props.progress.total > 0 ? props.progress.done / props.progress.total : null}
        />
      </div>
      <Button onClick={() => health.cancel()}>Cancel</Button>
    </div>
  );
}
