import { ToggleGroup } from '@kobalte/core/toggle-group';
import { For, type JSX } from 'solid-js';
import css from './Segmented.module.css';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: JSX.Element; hint?: string }[];
  onChange: (value: Value) => void;
}

/** One of a few: all of them in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      class={css.group}
      aria-label={props.label}
      value={props.value}
      onChange={(value) => value && props.onChange(value as Value)}
    >
      <For each={props.options}>
        {(option) => (
          <ToggleGroup.Item class={css.item} value={option.value} title={option.hint}>
            {option.icon}
            <span>{option.label}</span>
          </ToggleGroup.Item>
        )}
      </For>
    </ToggleGroup>
  );
}
