import { Slider } from '@kobalte/core/slider';
import type { EditRange } from '../../core/edits/edits.ts';
import { EditNumber } from './EditNumber.tsx';
import css from './EditSlider.module.css';
import { isSliderKey, scaleOf } from './edit-scale.ts';

interface EditSliderProps {
  range: EditRange;
  label: string;
  value: number;
  /** `settled` is false while the thumb is being dragged. */
  onChange: (value: number, settled: boolean) => void;
}

/** One edit as a fixed number: slider and number, two cells of the row they stand in. */
export function EditSlider(props: EditSliderProps) {
  const scale = () => scaleOf(props.range);
  return (
    <>
      <Slider
        class={css.slider}
        minValue={props.range.min}
        maxValue={props.range.max}
        step={props.range.step}
        value={[props.value]}
        onChange={([value]) => props.onChange(scale().tidy(value), false)}
        onChangeEnd={([value]) => props.onChange(scale().tidy(value), true)}
        onKeyUp={(event: KeyboardEvent) => isSliderKey(event) && props.onChange(props.value, true)}
      >
        <Slider.Label class={css.label}>{props.label}</Slider.Label>
        <Slider.Track class={css.track}>
          {/* From neutral to the value, so that its length is how much is done. */}
          <div class={css.bar} style={scale().bar(props.range.neutral, props.value)} />
          <Slider.Thumb class={css.thumb} />
        </Slider.Track>
      </Slider>
      <EditNumber
        range={props.range}
        label={props.label}
        value={props.value}
        onChange={(value) => props.onChange(value, true)}
      />
    </>
  );
}
