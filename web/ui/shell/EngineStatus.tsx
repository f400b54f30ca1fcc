import { Match, Switch } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import css from './EngineStatus.module.css';

/** What Segment Anything is doing, in a few words; leads to the Device page. */
export function EngineStatus() {
  const { segmenter } = useApp().workshop;
  const percent = () => {
    const state = segmenter.state();
    return state.kind === 'starting' && state.total > 0
      ? Math.floor((state.loaded / state.total) * 100)
      : 0;
  };
  return (
    <a class={css.status} href="#/device" aria-live="polite">
      <Switch>
        <Match when={segmenter.state().kind === 'failed'}>
          <span class={`${css.dot} ${css.bad}`} />
          Segmentation is off
        </Match>
        <Match when={segmenter.state().kind === 'starting'}>
          <span class={`${css.dot} ${css.busy}`} />
          {percent() < 100 ? `Loading model ${percent()} %` : 'Starting model'}
        </Match>
        <Match when={segmenter.waiting() > 0}>
          <span class={`${css.dot} ${css.busy}`} />
          Preparing {plural(segmenter.waiting(), 'photo')}
        </Match>
        <Match when={true}>
          <span class={`${css.dot} ${css.good}`} />
          Ready
        </Match>
      </Switch>
    </a>
  );
}
