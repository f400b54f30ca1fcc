import CircleCheck from 'lucide-solid/icons/circle-check';
import { Show } from 'solid-js';
import type { HealthReport } from '../../core/dataset/health.ts';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import css from './HealthPlace.module.css';

/** The good end: what was looked at, and what could not be yet. */
export function NothingFound(props: { report: HealthReport }) {
  const { photos, segmenter } = useApp().workshop;
  const unseen = () => Math.max(0, photos.list.length - props.report.compared);
  const hasLooked = () => props.report.judged + props.report.compared > 0;
  return (
    <section class={css.empty}>
      <Show when={hasLooked()} fallback={<h2>Nothing to check yet</h2>}>
        <CircleCheck size={40} stroke-width={1.5} />
        <h2>Nothing to look at</h2>
      </Show>
      <Show when={props.report.compared > 0}>
        <p>{plural(props.report.compared, 'photo')}: none is a near-copy of another.</p>
      </Show>
      <Show
        when={props.report.judged > 0}
        fallback={
          <>
            <p>Masks are checked once variants have been made.</p>
            <CommandButton command="run.start" kind="primary" />
          </>
        }
      >
        <p>
          {plural(props.report.judged, 'variant')}: no mask is empty, tiny, huge or at the border.
        </p>
      </Show>
      <Show when={unseen() > 0}>
        <p>
          {plural(unseen(), 'photo')} {unseen() === 1 ? 'has' : 'have'} not been compared yet
          {segmenter.waiting() > 0 ? ': preparing them goes on in the background.' : '.'}
        </p>
      </Show>
    </section>
  );
}
