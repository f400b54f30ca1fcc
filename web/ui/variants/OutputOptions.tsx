import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { createSignal, For } from 'solid-js';
import type { OutputFormat } from '../../core/dataset/image-format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import css from './OutputOptions.module.css';

const FORMATS: readonly { value: OutputFormat; label: string }[] = [
  { value: 'png', label: 'PNG, exact' },
  { value: 'webp', label: 'WebP, small' },
  { value: 'jpg', label: 'JPEG, small' },
];

/** The format of variants, and the way to everything else about the archive. */
export function OutputOptions() {
  const { variants, run } = useApp().workshop;
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <label class={css.label} title="PNG keeps every pixel outside the mask byte for byte">
        Format
        <select
          class={css.select}
          disabled={run.isWorking()}
          value={variants.output().format}
          onChange={(event) =>
            variants.setOutput({
              ...variants.output(),
              format: event.currentTarget.value as OutputFormat,
            })
          }
        >
          <For each={FORMATS}>{({ value, label }) => <option value={value}>{label}</option>}</For>
        </select>
      </label>
      <Button
        kind="quiet"
        icon={<SlidersHorizontal size={16} />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        Export options…
      </Button>
      <ExportDialog open={open()} onClose={() => setOpen(false)} />
    </>
  );
}
