import { NumberField } from '@kobalte/core/number-field';
import { Slider } from '@kobalte/core/slider';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { Show } from 'solid-js';
import type { EditRange } from '../../core/edits/edits.ts';
import css from './EditSlider.module.css';

interface EditSliderProps {
  range: EditRange;
  label: string;
  hint: string;
  value: number;
  /** `settled` is false while the thumb is being dragged. */
  onChange: (value: number, settled: boolean) => void;
}

/** One edit: slider, number, and a way back to neutral. */
export function EditSlider(props: EditSliderProps) {
  const digits = () => (props.range.step >= 1 ? 0 : props.range.step >= 0.01 ? 2 : 3);
  const isNeutral = () => props.value === props.range.neutral;
  const share = (value: number) =>
    ((value - props.range.min) / (props.range.max - props.range.min)) * 100;
  /** The bar runs from neutral to the value, so that its length is how much is done. */
  const bar = () => {
    const from = Math.min(share(props.range.neutral), share(props.value));
    const to = Math.max(share(props.range.neutral), share(props.value));
    return { left: `${from}%`, right: `${100 - to}%` };
  };
  const tidy = (value: number) => Number(value.toFixed(digits()));

  return (
    <div class={css.row} classList={{ [css.changed]: !isNeutral() }} title={props.hint}>
      <Slider
        class={css.slider}
        minValue={props.range.min}
        maxValue={props.range.max}
        step={props.range.step}
        value={[props.value]}
        onChange={([value]) => props.onChange(tidy(value), false)}
        onChangeEnd={([value]) => props.onChange(tidy(value), true)}
      >
        <Slider.Label class={css.label}>{props.label}</Slider.Label>
        <Slider.Track class={css.track}>
          <div class={css.bar} style={bar()} />
          <Slider.Thumb class={css.thumb} />
        </Slider.Track>
      </Slider>
      <NumberField
        class={css.number}
        rawValue={props.value}
        minValue={props.range.min}
        maxValue={props.range.max}
        step={props.range.step}
        formatOptions={{ maximumFractionDigits: digits() }}
        changeOnWheel={false}
        onRawValueChange={(value) => {
          if (Number.isFinite(value) && tidy(value) !== props.value) {
            props.onChange(tidy(value), true);
          }
        }}
      >
        <NumberField.Input class={css.input} aria-label={`${props.label}, number`} />
      </NumberField>
      <Show when={!isNeutral()} fallback={<span class={css.noReset} />}>
        <button
          type="button"
          class={css.reset}
          aria-label={`Reset ${props.label.toLowerCase()}`}
          title={`Reset ${props.label.toLowerCase()}`}
          onClick={() => props.onChange(props.range.neutral, true)}
        >
          <RotateCcw size={14} />
        </button>
      </Show>
    </div>
  );
}
