import { Show } from 'solid-js';
import { EFFORTS, type Effort, type OutputSettings } from '../../core/export/recipe.ts';
import { useApp } from '../app-state.ts';
import { Choice } from '../controls/Field.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import css from './ExportDialog.module.css';
import { CheckField, RangeField } from './option-fields.tsx';

const EFFORT_LABELS: Readonly<Record<Effort, string>> = {
  fast: 'Fast',
  balanced: 'Balanced',
  best: 'Best',
};

/** What each choice costs and gives, measured on the sample photos. */
const EFFORT_HINTS: Readonly<Record<'webp' | 'lossless' | 'jpg', Record<Effort, string>>> = {
  webp: {
    fast: 'Half the time to write; files up to a sixth larger.',
    balanced: 'A good trade of time and size.',
    best: 'Twice the time to write; files 1 to 3 % smaller.',
  },
  lossless: {
    fast: 'Half the time to write; files hardly larger. The pixels are the same.',
    balanced: 'A good trade of time and size. The pixels are the same.',
    best: 'A third more time to write; files about 1 % smaller. The pixels are the same.',
  },
  jpg: {
    fast: 'Half the time to write; files 2 to 4 % larger.',
    balanced: 'A good trade of time and size.',
    best: 'A little more time to write; finer detail in a file of the same size.',
  },
};

const SIDES = [640, 1024, 1280, 1600, 2048, 4096] as const;

/** How the pictures are written. Every change here asks for generating anew. */
export function PictureOptions(props: {
  output: OutputSettings;
  onChange: (some: Partial<OutputSettings>) => void;
}) {
  const { run } = useApp().workshop;
  const isExact = () =>
    props.output.format === 'png' || (props.output.format === 'webp' && props.output.lossless);
  const effortHint = () => {
    const { format, lossless, effort } = props.output;
    return format === 'png'
      ? ''
      : EFFORT_HINTS[format === 'webp' && lossless ? 'lossless' : format][effort];
  };
  const sides = () => {
    const { maxSide } = props.output;
    const list: number[] = [...SIDES];
    if (maxSide !== null && !list.includes(maxSide)) list.push(maxSide);
    return list.sort((a, b) => a - b);
  };

  return (
    <>
      <Show
        when={props.output.format !== 'png'}
        fallback={
          <p class={css.hint}>PNG keeps every pixel as it is: there is no quality to choose.</p>
        }
      >
        <Show when={props.output.format === 'webp'}>
          <CheckField
            label="Without loss"
            hint="Every pixel as it is, as in a PNG, in about half of its size; larger than with a quality."
            checked={props.output.lossless}
            disabled={run.isWorking()}
            onChange={(lossless) => props.onChange({ lossless })}
          />
        </Show>
        <Show when={!isExact()}>
          <RangeField
            label="Quality"
            min={1}
            max={100}
            value={props.output.quality}
            disabled={run.isWorking()}
            hint="Lower makes smaller files and loses fine detail everywhere, outside the mask too."
            onChange={(quality) => props.onChange({ quality })}
          />
        </Show>
        <div class={css.effort}>
          <span class={css.label}>Effort</span>
          <Segmented
            label="Effort"
            value={props.output.effort}
            options={EFFORTS.map((value) => ({ value, label: EFFORT_LABELS[value] }))}
            onChange={(effort) => !run.isWorking() && props.onChange({ effort })}
          />
          <p class={css.hint}>{effortHint()}</p>
        </div>
      </Show>
      <Choice
        label="Size"
        value={String(props.output.maxSide ?? 'own')}
        disabled={run.isWorking()}
        options={[
          { value: 'own', label: 'As the photo' },
          ...sides().map((side) => ({
            value: String(side),
            label: `Longer side at most ${side.toLocaleString('en')} px`,
          })),
        ]}
        hint={
          props.output.maxSide === null
            ? isExact()
              ? 'Pixels outside the mask are exactly the photo’s own.'
              : 'Nothing is resampled; the loss is the file format’s alone.'
            : 'Larger photos are edited in full, then made smaller with their masks and annotations: quicker to train with, but no pixel stays exactly the photo’s. Smaller photos stay as they are.'
        }
        onChange={(value) => props.onChange({ maxSide: value === 'own' ? null : Number(value) })}
      />
      <p class={css.hint}>
        Pictures already made stay as they are; a change here asks for generating anew.
      </p>
    </>
  );
}
