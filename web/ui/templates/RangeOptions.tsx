import { NumberField } from '@kobalte/core/number-field';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Dices from 'lucide-solid/icons/dices';
import LayoutGrid from 'lucide-solid/icons/layout-grid';
import { createSignal, createUniqueId, Show } from 'solid-js';
import { coversPhoto, MAX_SAMPLES, sampleCount } from '../../core/dataset/template.ts';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import css from './RangeOptions.module.css';
import { SampleDialog } from './SampleDialog.tsx';

/** How many variants a photo gets, which of them is on screen, and a look at all of them. */
export function RangeOptions() {
  const { editor, photos } = useApp().workshop;
  const [open, setOpen] = createSignal(false);
  const id = createUniqueId();
  const count = () => sampleCount(editor.draft());
  /** Imported masks make a template that is for some photos only. */
  const covered = () => photos.list.filter((photo) => coversPhoto(editor.draft(), photo)).length;
  const step = (by: number) => {
    editor.setSample((editor.sample() + by + count()) % count());
    editor.setViewMode('result');
  };
  return (
    <div class={css.options}>
      <div class={css.line}>
        <label class={css.label} for={id}>
          Variants of each photo
        </label>
        <NumberField
          rawValue={count()}
          minValue={1}
          maxValue={MAX_SAMPLES}
          step={1}
          formatOptions={{ maximumFractionDigits: 0 }}
          changeOnWheel={false}
          onRawValueChange={(value) => {
            const whole = Math.round(value);
            if (Number.isFinite(value) && whole !== count()) editor.setCount(whole);
          }}
        >
          <NumberField.Input id={id} class={css.input} onBlur={() => editor.settle()} />
        </NumberField>
      </div>
      <p class={css.hint}>
        {plural(covered(), 'photo')} × {count()} = {plural(covered() * count(), 'variant')}.{' '}
        {count() > 1 ? 'Together they cover every range evenly.' : 'Each photo has its own values.'}
      </p>
      <div class={css.line}>
        <Button icon={<LayoutGrid size={16} />} onClick={() => setOpen(true)}>
          Preview all
        </Button>
        <IconButton label="Draw other values" onClick={() => editor.reshuffle()}>
          <Dices size={16} />
        </IconButton>
        <Show when={count() > 1}>
          <div class={css.steps}>
            <IconButton label="Show the previous variant" onClick={() => step(-1)}>
              <ChevronLeft size={16} />
            </IconButton>
            <span class={css.which}>
              {editor.sample() + 1} of {count()}
            </span>
            <IconButton label="Show the next variant" onClick={() => step(1)}>
              <ChevronRight size={16} />
            </IconButton>
          </div>
        </Show>
      </div>
      <SampleDialog open={open()} onClose={() => setOpen(false)} />
    </div>
  );
}
