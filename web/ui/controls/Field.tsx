import { createUniqueId, For, type JSX, Show } from 'solid-js';
import css from './Field.module.css';

interface FieldProps {
  label: string;
  value: string;
  placeholder?: string;
  /** What is wrong and how to put it right; '' when nothing is. */
  error?: string | undefined;
  suggestions?: readonly string[];
  /** Characters; what is typed or pasted beyond them is not taken. */
  maxLength?: number;
  onInput: (value: string) => void;
  /** The field was left. */
  onLeave?: () => void;
  ref?: (element: HTMLInputElement) => void;
}

/** A line of text with its label above and its error below. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  return (
    <div class={css.field}>
      <label for={id}>{props.label}</label>
      <input
        id={id}
        ref={props.ref}
        class={css.input}
        type="text"
        value={props.value}
        placeholder={props.placeholder}
        maxlength={props.maxLength}
        autocomplete="off"
        list={props.suggestions?.length ? `${id}-list` : undefined}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onBlur={() => props.onLeave?.()}
      />
      <Show when={props.suggestions?.length}>
        <datalist id={`${id}-list`}>
          <For each={props.suggestions}>{(text) => <option value={text} />}</For>
        </datalist>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class={css.error}>
          {props.error}
        </p>
      </Show>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  hint?: JSX.Element;
  disabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of a list, in the device's own picker. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const id = createUniqueId();
  return (
    <div class={css.field}>
      <label for={id}>{props.label}</label>
      <select
        id={id}
        class={css.input}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.value as Value)}
      >
        <For each={props.options}>
          {(option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
      <Show when={props.hint}>
        <p class={css.hint}>{props.hint}</p>
      </Show>
    </div>
  );
}
