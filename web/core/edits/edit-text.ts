import { EDIT_RANGES, type EditName } from './edits.ts';
import { type EditSetting, type EditSettings, isRange } from './settings.ts';

/** What an edit is called on screen. */
export const EDIT_LABELS: Readonly<Record<EditName, string>> = {
  brightness: 'Brightness',
  contrast: 'Contrast',
  gamma: 'Gamma',
  hue: 'Hue',
  saturation: 'Saturation',
  sharpen: 'Sharpen',
  noise: 'Noise',
  opacity: 'Opacity',
};

/** A number as a person writes it: a real minus sign, no more digits than there are. */
function numberText(value: number): string {
  const text = String(Number(value.toFixed(4)));
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}

/** `40` or `−30…30`, which stays on one line. */
function settingText(setting: EditSetting): string {
  if (!isRange(setting)) return numberText(setting);
  return `${numberText(setting.from)}…\u2060${numberText(setting.to)}`;
}

/**
 * What is changed, in the order in which it is applied: `Hue −30…30 · Noise 0.05`.
 * @returns `Nothing changed` when all edits are neutral
 */
export function editsText(edits: EditSettings): string {
  const changed = EDIT_RANGES.filter(({ name, neutral }) => edits[name] !== neutral);
  if (changed.length === 0) return 'Nothing changed';
  // A name and its value stay on one line.
  return changed
    .map(({ name }) => `${EDIT_LABELS[name]}\u00a0${settingText(edits[name])}`)
    .join(' · ');
}

/** The same for the parts of a template, each with its name when there are several. */
export function partsText(
  parts: readonly { readonly name: string; readonly edits: EditSettings }[],
): string {
  if (parts.length === 1) return editsText(parts[0].edits);
  return parts.map(({ name, edits }) => `${name}: ${editsText(edits)}`).join('; ');
}
