import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import UnfoldHorizontal from 'lucide-solid/icons/unfold-horizontal';
import { Show } from 'solid-js';
import { EDIT_LABELS } from '../../core/edits/edit-text.ts';
import type { EditName, EditRange } from '../../core/edits/edits.ts';
import { isRange, middleOf, rangeAround } from '../../core/edits/settings.ts';
import { useApp } from '../app-state.ts';
import { EditSlider } from '../controls/EditSlider.tsx';
import { scaleOf } from '../controls/edit-scale.ts';
import { RangeSlider } from '../controls/RangeSlider.tsx';
import css from './EditRow.module.css';

const HINTS: Readonly<Record<EditName, string>> = {
  brightness: 'Adds light everywhere. −1 is black, 1 is white.',
  contrast: 'Spreads tones around middle grey. −1 is flat grey.',
  gamma: 'Positive lifts the shadows, negative deepens them.',
  hue: 'Turns every colour around the wheel, in degrees.',
  saturation: '−1 is grey; positive is more colourful.',
  sharpen: 'Strengthens edges one pixel wide.',
  noise: 'Grain like a camera’s, the same every time.',
  opacity: 'How much of the edit shows: 0 is the original.',
};

/** One edit of the active component: a number or a range, the switch between them, and reset. */
export function EditRow(props: { range: EditRange }) {
  const { editor } = useApp().workshop;
  const name = () => props.range.name;
  const label = () => EDIT_LABELS[name()];
  const setting = () => editor.component().edits[name()];
  const asRange = () => {
    const current = setting();
    return isRange(current) ? current : null;
  };
  const toggle = () => {
    const current = setting();
    const next = isRange(current)
      ? scaleOf(props.range).tidy(middleOf(current))
      : rangeAround(current, props.range);
    editor.setEdit(name(), next, true);
  };
  return (
    <div
      class={css.row}
      classList={{
        [css.range]: asRange() !== null,
        [css.changed]: setting() !== props.range.neutral,
      }}
      title={HINTS[name()]}
    >
      <Show
        when={asRange()}
        fallback={
          <EditSlider
            range={props.range}
            label={label()}
            value={middleOf(setting())}
            onChange={(value, settled) => editor.setEdit(name(), value, settled)}
          />
        }
      >
        {(value) => (
          <RangeSlider
            range={props.range}
            label={label()}
            value={value()}
            onChange={(next, settled, thumb) => editor.setEdit(name(), next, settled, thumb)}
          />
        )}
      </Show>
      <button
        type="button"
        class={css.small}
        aria-label={`Vary ${label().toLowerCase()}`}
        aria-pressed={asRange() !== null}
        title={
          asRange()
            ? 'Back to one number, the middle of the range'
            : 'A range instead of one number: every variant draws its own value'
        }
        onClick={toggle}
      >
        <UnfoldHorizontal size={14} />
      </button>
      <Show when={setting() !== props.range.neutral} fallback={<span class={css.noReset} />}>
        <button
          type="button"
          class={css.small}
          aria-label={`Reset ${label().toLowerCase()}`}
          title={`Reset ${label().toLowerCase()}`}
          onClick={() => editor.setEdit(name(), props.range.neutral, true)}
        >
          <RotateCcw size={14} />
        </button>
      </Show>
    </div>
  );
}
