import { Slider } from '@kobalte/core/slider';
import type { EditRange } from '../../core/edits/edits.ts';
import type { ValueRange } from '../../core/edits/settings.ts';
import { EditNumber } from './EditNumber.tsx';
import css from './EditSlider.module.css';
import { isSliderKey, scaleOf } from './edit-scale.ts';

interface RangeSliderProps {
  range: EditRange;
  label: string;
  value: ValueRange;
  /** `thumb` is the end that moved; `settled` is false while it is being dragged. */
  onChange: (value: ValueRange, settled: boolean, thumb: number) => void;
}

/**
 * One edit as a range: its name and both ends as numbers, three cells of the row they stand in, and
 * a slider with two thumbs below.
 */
export function RangeSlider(props: RangeSliderProps) {
  const scale = () => scaleOf(props.range);
  const move = ([low, high]: number[], settled: boolean) => {
    const next = { from: scale().tidy(low), to: scale().tidy(high) };
    props.onChange(next, settled, next.from !== props.value.from ? next.from : next.to);
  };
  return (
    <>
      <Slider
        class={css.spread}
        minValue={props.range.min}
        maxValue={props.range.max}
        step={props.range.step}
        value={[props.value.from, props.value.to]}
        onChange={(values) => move(values, false)}
        onChangeEnd={(values) => move(values, true)}
        onKeyUp={(event: KeyboardEvent) =>
          isSliderKey(event) && move([props.value.from, props.value.to], true)
        }
      >
        <Slider.Label class={css.label}>{props.label}</Slider.Label>
        <Slider.Track class={css.track}>
          <div class={css.bar} style={scale().bar(props.value.from, props.value.to)} />
          <Slider.Thumb class={css.thumb} aria-label="from" />
          <Slider.Thumb class={css.thumb} aria-label="to" />
        </Slider.Track>
      </Slider>
      <EditNumber
        range={props.range}
        label={`${props.label} from`}
        value={props.value.from}
        max={props.value.to}
        onChange={(from) => props.onChange({ ...props.value, from }, true, from)}
      />
      <EditNumber
        range={props.range}
        label={`${props.label} to`}
        value={props.value.to}
        min={props.value.from}
        onChange={(to) => props.onChange({ ...props.value, to }, true, to)}
      />
    </>
  );
}
