/** The recipe of a component: eight numbers. Ranges and meaning: docs/edits.md. */
export interface Edits {
  readonly brightness: number;
  readonly contrast: number;
  readonly gamma: number;
  readonly hue: number;
  readonly saturation: number;
  readonly sharpen: number;
  readonly noise: number;
  readonly opacity: number;
}

export type EditName = keyof Edits;

export interface EditRange {
  readonly name: EditName;
  readonly min: number;
  readonly max: number;
  readonly neutral: number;
  /** Step of the slider and of arrow keys. */
  readonly step: number;
  /** Half the width of a range when one is first asked for: a change that is seen, not a caricature. */
  readonly spread: number;
}

/** In the order in which they are applied. */
export const EDIT_RANGES: readonly EditRange[] = [
  { name: 'brightness', min: -1, max: 1, neutral: 0, step: 0.01, spread: 0.2 },
  { name: 'contrast', min: -1, max: 1, neutral: 0, step: 0.01, spread: 0.2 },
  { name: 'gamma', min: -0.9, max: 2, neutral: 0, step: 0.01, spread: 0.3 },
  { name: 'hue', min: -180, max: 180, neutral: 0, step: 1, spread: 30 },
  { name: 'saturation', min: -1, max: 3, neutral: 0, step: 0.01, spread: 0.4 },
  { name: 'sharpen', min: 0, max: 2, neutral: 0, step: 0.01, spread: 0.5 },
  { name: 'noise', min: 0, max: 0.2, neutral: 0, step: 0.001, spread: 0.05 },
  { name: 'opacity', min: 0, max: 1, neutral: 1, step: 0.01, spread: 0.3 },
];

/** Edits that change nothing. */
export const NEUTRAL_EDITS: Edits = {
  brightness: 0,
  contrast: 0,
  gamma: 0,
  hue: 0,
  saturation: 0,
  sharpen: 0,
  noise: 0,
  opacity: 1,
};

/** Whether `edits` change no pixel. */
export function isNeutral(edits: Edits): boolean {
  return EDIT_RANGES.every(({ name, neutral }) => edits[name] === neutral);
}
