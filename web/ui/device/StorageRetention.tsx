import { Show } from 'solid-js';
import { KEEP_FOR_EVER, type RetentionSettings } from '../../core/dataset/retention.ts';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Field.tsx';
import css from './DevicePlace.module.css';

const FOR_EVER = 'for ever';
const DAYS = [7, 14, 30, 90, 180, 365];
const NOTICE_DAYS = [1, 3, 7, 14, 30];

/** How long results and photos are kept, and how early one is reminded. */
export function StorageRetention() {
  const { retention } = useApp().workshop;
  const { settings } = retention;
  const change = (some: Partial<RetentionSettings>) =>
    void retention.setSettings({ ...settings(), ...some });
  const isOn = () => settings().variantDays !== null || settings().photoDays !== null;
  const isDefault = () => !isOn() && settings().noticeDays === KEEP_FOR_EVER.noticeDays;

  return (
    <section class={css.section} aria-label="How long things are kept">
      <h2>How long things are kept</h2>
      <div class={css.fields}>
        <Choice
          label="Variants"
          value={choiceOf(settings().variantDays)}
          options={dayOptions(settings().variantDays)}
          onChange={(value) => change({ variantDays: daysOf(value) })}
        />
        <Choice
          label="Photos, with their variants"
          value={choiceOf(settings().photoDays)}
          options={dayOptions(settings().photoDays)}
          hint="A photo that a template was made on is kept with its template."
          onChange={(value) => change({ photoDays: daysOf(value) })}
        />
        <Show when={isOn()}>
          <Choice
            label="Remind before anything is removed"
            value={String(settings().noticeDays)}
            options={withOwn(NOTICE_DAYS, settings().noticeDays).map((days) => ({
              value: String(days),
              label: `${plural(days, 'day')} before`,
            }))}
            onChange={(value) => change({ noticeDays: Number(value) })}
          />
        </Show>
      </div>
      <p class={css.quiet}>
        <Show when={isOn()} fallback="Nothing is ever removed by itself.">
          Nothing is removed before the reminder has been on the screen and its time has passed,
          however long the app was closed. Time counts from when something was made, or last kept.
        </Show>
      </p>
      <Show when={!isDefault()}>
        <Button kind="quiet" onClick={() => change(KEEP_FOR_EVER)}>
          Reset
        </Button>
      </Show>
    </section>
  );
}

function choiceOf(days: number | null): string {
  return days === null ? FOR_EVER : String(days);
}

function daysOf(value: string): number | null {
  return value === FOR_EVER ? null : Number(value);
}

/** The usual choices and the one that is set, in their order. */
function withOwn(choices: readonly number[], own: number): number[] {
  return [...new Set([...choices, own])].sort((a, b) => a - b);
}

function dayOptions(own: number | null): { value: string; label: string }[] {
  return [
    { value: FOR_EVER, label: 'For ever' },
    ...withOwn(DAYS, own ?? DAYS[0]).map((days) => ({
      value: String(days),
      label: plural(days, 'day'),
    })),
  ];
}
