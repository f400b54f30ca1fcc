import { EDIT_RANGES, type EditName, type EditRange, type Edits } from './edits.ts';

/** An edit that is drawn anew for every variant: from `from` to `to`, both included. */
export interface ValueRange {
  readonly from: number;
  readonly to: number;
}

/** One edit as a template holds it: a fixed number, or a range to draw from. */
export type EditSetting = number | ValueRange;

/** What a component does to its pixels, before ranges are drawn. `Edits` are settings too. */
export type EditSettings = { readonly [Name in EditName]: EditSetting };

export function isRange(setting: EditSetting): setting is ValueRange {
  return typeof setting !== 'number';
}

/** Whether every edit is a fixed number: such settings are the edits of every variant. */
export function isFixed(settings: EditSettings): settings is Edits {
  return EDIT_RANGES.every(({ name }) => !isRange(settings[name]));
}

/** Whether two settings are the same number or the same range. */
export function isSameSetting(a: EditSetting, b: EditSetting): boolean {
  if (isRange(a) !== isRange(b)) return false;
  return isRange(a) && isRange(b) ? a.from === b.from && a.to === b.to : a === b;
}

/** The number itself, or the middle of the range. */
export function middleOf(setting: EditSetting): number {
  return isRange(setting) ? (setting.from + setting.to) / 2 : setting;
}

/** A first range around a number: as wide as is usual for the edit, within its limits. */
export function rangeAround(value: number, { min, max, spread }: EditRange): ValueRange {
  const tidy = (end: number) => Number(Math.min(max, Math.max(min, end)).toFixed(3));
  return { from: tidy(value - spread), to: tidy(value + spread) };
}

/** Whether `settings` change no pixel of any variant. */
export function isNeutralSettings(settings: EditSettings): boolean {
  return EDIT_RANGES.every(({ name, neutral }) => settings[name] === neutral);
}
