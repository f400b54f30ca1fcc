import CircleCheck from 'lucide-solid/icons/circle-check';
import ScanSearch from 'lucide-solid/icons/scan-search';
import { Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import css from './HealthLine.module.css';
import { keepChecked } from './keep-checked.ts';

/** One line for the export dialog: how many things deserve a look, and the way there. */
export function HealthLine(props: { onLeave: () => void }) {
  const app = useApp();
  const { health } = app.workshop;
  keepChecked(app.workshop);
  const count = () => health.findings().length;
  const text = () => {
    if (health.problem()) return 'The dataset could not be checked.';
    if (!health.report()) return 'Checking the dataset…';
    return count() === 0 ? 'Nothing to look at' : `${plural(count(), 'thing')} to look at`;
  };
  return (
    <div class={css.line} classList={{ [css.look]: count() > 0, [css.fine]: count() === 0 }}>
      <Show when={count() === 0 && health.report()} fallback={<ScanSearch size={16} />}>
        <CircleCheck size={16} />
      </Show>
      <p class={css.text} role="status">
        {text()}
      </p>
      <Button
        kind="quiet"
        onClick={() => {
          props.onLeave();
          app.go('health');
        }}
      >
        Check the dataset
      </Button>
    </div>
  );
}
