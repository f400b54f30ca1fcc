import { NumberField } from '@kobalte/core/number-field';
import type { EditRange } from '../../core/edits/edits.ts';
import css from './EditSlider.module.css';
import { scaleOf } from './edit-scale.ts';

interface EditNumberProps {
  range: EditRange;
  label: string;
  value: number;
  /** Narrower limits than the edit's own: a range's other end. */
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}

/** The value of an edit, to be typed. */
export function EditNumber(props: EditNumberProps) {
  const scale = () => scaleOf(props.range);
  return (
    <NumberField
      class={css.number}
      rawValue={props.value}
      minValue={props.min ?? props.range.min}
      maxValue={props.max ?? props.range.max}
      step={props.range.step}
      formatOptions={{ maximumFractionDigits: scale().digits }}
      changeOnWheel={false}
      onRawValueChange={(value) => {
        const tidy = scale().tidy(value);
        if (Number.isFinite(value) && tidy !== props.value) props.onChange(tidy);
      }}
    >
      <NumberField.Input class={css.input} aria-label={`${props.label}, number`} />
    </NumberField>
  );
}
