import { createSignal, createUniqueId, Show } from 'solid-js';
import { MAX_SEED } from '../../core/export/recipe.ts';
import { Field } from '../controls/Field.tsx';
import css from './ExportDialog.module.css';

interface CheckProps {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Yes or no, with a line on what it means. */
export function CheckField(props: CheckProps) {
  const id = createUniqueId();
  return (
    <div class={css.check}>
      <input
        id={id}
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={id}>{props.label}</label>
      <p id={`${id}-hint`} class={css.hint}>
        {props.hint}
      </p>
    </div>
  );
}

interface RangeProps {
  label: string;
  /** Written after the number. */
  unit?: string;
  min: number;
  max: number;
  value: number;
  disabled?: boolean;
  hint: string;
  /** Once, when the thumb is let go. */
  onChange: (value: number) => void;
}

/** A whole number between two others. */
export function RangeField(props: RangeProps) {
  const id = createUniqueId();
  const [dragged, setDragged] = createSignal<number | null>(null);
  const text = () => `${dragged() ?? props.value}${props.unit ?? ''}`;
  return (
    <div class={css.range}>
      <label class={css.label} for={id}>
        {props.label}
      </label>
      <output for={id}>{text()}</output>
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        value={props.value}
        disabled={props.disabled}
        aria-valuetext={text()}
        aria-describedby={`${id}-hint`}
        onInput={(event) => setDragged(event.currentTarget.valueAsNumber)}
        onChange={(event) => {
          setDragged(null);
          props.onChange(event.currentTarget.valueAsNumber);
        }}
      />
      <p id={`${id}-hint`} class={css.hint}>
        {props.hint}
      </p>
    </div>
  );
}

/** Which photos are chosen for validation, and which values in ranges. What is no seed is kept in the field, and said. */
export function SeedField(props: { value: number; onChange: (seed: number) => void }) {
  const [typed, setTyped] = createSignal<string | null>(null);
  const seedOf = (text: string) => {
    const seed = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED ? seed : null;
  };
  const isWrong = () => typed() !== null && seedOf(typed() ?? '') === null;
  return (
    <div>
      <Field
        label="Seed"
        value={typed() ?? String(props.value)}
        error={isWrong() ? `A whole number from 0 to ${MAX_SEED.toLocaleString('en')}.` : undefined}
        onInput={(text) => {
          setTyped(text);
          const seed = seedOf(text);
          if (seed !== null) props.onChange(seed);
        }}
      />
      <Show when={!isWrong()}>
        <p class={css.hint}>
          Another seed chooses other photos, and draws other values where edits are ranges.
        </p>
      </Show>
    </div>
  );
}
