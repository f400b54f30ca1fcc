import { createEffect, createSignal, Show } from 'solid-js';
import {
  DEFAULT_LIMITS,
  type ImportLimits,
  LIMIT_RANGES,
  MEGABYTE,
  MEGAPIXEL,
} from '../../core/dataset/limits.ts';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Field } from '../controls/Field.tsx';
import css from './DevicePlace.module.css';

/** Bytes of a decoded pixel: red, green, blue, alpha. */
const PIXEL_BYTES = 4;

/** How much may come in. Raising it is the user's decision, and the device's memory. */
export function LimitsForm() {
  const { photos } = useApp().workshop;
  const images = createLimit('images', 1);
  const megabytes = createLimit('fileBytes', MEGABYTE);
  const megapixels = createLimit('imagePixels', MEGAPIXEL);
  const all = [images, megabytes, megapixels];
  const isChanged = () => all.some((limit) => limit.isChanged());
  const isWrong = () => all.some((limit) => limit.error() !== undefined);
  const isDefault = () => all.every((limit) => limit.isDefault());
  const over = () => photos.list.length - photos.limits().images;

  return (
    <section class={css.section}>
      <h2>Limits</h2>
      <p class={css.quiet}>
        What is over a limit is refused by name when it comes in. What is here already stays.
      </p>
      <div class={css.fields}>
        <Field
          label={`Photos in a dataset (${DEFAULT_LIMITS.images} unless changed)`}
          value={images.text()}
          error={images.error()}
          onInput={images.setText}
        />
        <Show when={over() > 0}>
          <p class={css.quiet}>
            The dataset has {plural(over(), 'photo')} more than that. They stay; new ones are
            refused.
          </p>
        </Show>
        <Field
          label={`Megabytes in a file (${DEFAULT_LIMITS.fileBytes / MEGABYTE} unless changed)`}
          value={megabytes.text()}
          error={megabytes.error()}
          onInput={megabytes.setText}
        />
        <Field
          label={`Megapixels in a photo (${DEFAULT_LIMITS.imagePixels / MEGAPIXEL} unless changed)`}
          value={megapixels.text()}
          error={megapixels.error()}
          onInput={megapixels.setText}
        />
      </div>
      <Show when={megapixels.error() === undefined && megapixels.isChanged()}>
        <p class={css.quiet}>
          A photo of that size takes {formatBytes(megapixels.value() * PIXEL_BYTES)} of memory each
          time it is opened, and about twice that while it is edited.
        </p>
      </Show>
      <div class={css.row}>
        <Button
          kind="primary"
          disabled={!isChanged() || isWrong()}
          onClick={() =>
            photos.setLimits({
              images: images.value(),
              fileBytes: megabytes.value(),
              imagePixels: megapixels.value(),
            })
          }
        >
          Apply
        </Button>
        <Show when={!isDefault()}>
          <Button kind="quiet" onClick={() => photos.setLimits(DEFAULT_LIMITS)}>
            Reset
          </Button>
        </Show>
      </div>
    </section>
  );
}

/** One limit as text in a field, `unit` times smaller than it is stored. */
function createLimit(name: keyof ImportLimits, unit: number) {
  const { photos } = useApp().workshop;
  const stored = () => photos.limits()[name];
  const [text, setText] = createSignal('');
  // Typed text gives way when the limits change: applied, reset, or read back at the start.
  createEffect(() => setText(String(stored() / unit)));
  const { min, max } = LIMIT_RANGES[name];
  const value = () => Number(text()) * unit;
  const isFine = () =>
    text().trim() !== '' && Number.isInteger(value() / unit) && value() >= min && value() <= max;
  return {
    text,
    setText,
    value,
    error: () =>
      isFine()
        ? undefined
        : `A whole number from ${min / unit} to ${(max / unit).toLocaleString('en')}.`,
    isChanged: () => value() !== stored(),
    isDefault: () => stored() === DEFAULT_LIMITS[name],
  };
}
