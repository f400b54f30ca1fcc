import { createSignal, Show } from 'solid-js';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Field } from '../controls/Field.tsx';
import css from './DevicePlace.module.css';

const MEGABYTE = 1024 * 1024;

/** How much may come in. Raising it is the user's decision, and the device's memory. */
export function LimitsForm() {
  const { photos } = useApp().workshop;
  const [images, setImages] = createSignal(String(photos.limits().images));
  const [megabytes, setMegabytes] = createSignal(String(photos.limits().fileBytes / MEGABYTE));
  const errorOf = (text: string, most: number) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= 1 && value <= most
      ? undefined
      : `A whole number from 1 to ${most.toLocaleString('en')}.`;
  };
  const imagesError = () => errorOf(images(), 100_000);
  const bytesError = () => errorOf(megabytes(), 500);
  const isChanged = () =>
    Number(images()) !== photos.limits().images ||
    Number(megabytes()) * MEGABYTE !== photos.limits().fileBytes;

  return (
    <section class={css.section}>
      <h2>Limits</h2>
      <Field
        label={`Photos in a dataset (${DEFAULT_LIMITS.images} unless changed)`}
        value={images()}
        error={imagesError()}
        onInput={setImages}
      />
      <Field
        label={`Megabytes in a file (${DEFAULT_LIMITS.fileBytes / MEGABYTE} unless changed)`}
        value={megabytes()}
        error={bytesError()}
        onInput={setMegabytes}
      />
      <Show when={isChanged()}>
        <Button
          kind="primary"
          disabled={imagesError() !== undefined || bytesError() !== undefined}
          onClick={() =>
            photos.setLimits({
              ...photos.limits(),
              images: Number(images()),
              fileBytes: Number(megabytes()) * MEGABYTE,
            })
          }
        >
          Apply
        </Button>
      </Show>
    </section>
  );
}
