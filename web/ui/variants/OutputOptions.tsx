import type { OutputFormat } from '../../core/dataset/image-format.ts';
import { useApp } from '../app-state.ts';
import css from './OutputOptions.module.css';

const FORMATS: readonly { value: OutputFormat; label: string }[] = [
  { value: 'png', label: 'PNG, exact' },
  { value: 'webp', label: 'WebP, small' },
  { value: 'jpg', label: 'JPEG, small' },
];

/** The format of variants. Another one asks for generating anew. */
export function OutputOptions() {
  const { variants, run } = useApp().workshop;
  return (
    <label class={css.label} title="PNG keeps every pixel outside the mask byte for byte">
      Format
      <select
        class={css.select}
        disabled={run.state().kind !== 'idle'}
        value={variants.output().format}
        onChange={(event) =>
          variants.setOutput({
            ...variants.output(),
            format: event.currentTarget.value as OutputFormat,
          })
        }
      >
        {FORMATS.map(({ value, label }) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    </label>
  );
}
