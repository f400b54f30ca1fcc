import { NEUTRAL_EDITS } from './edits.ts';
import type { EditSettings } from './settings.ts';

/** Edits with a name, to be used again on any component. */
export interface Preset {
  readonly name: string;
  readonly edits: EditSettings;
  /** Variants of each photo that its ranges are meant for; absent: as the template has it. */
  readonly count?: number;
}

/** Those that come with the app. Copies can be changed, these cannot. */
export const BUILT_IN_PRESETS: readonly Preset[] = [
  {
    name: 'Lighting',
    edits: {
      ...NEUTRAL_EDITS,
      brightness: { from: -0.2, to: 0.2 },
      contrast: { from: -0.15, to: 0.25 },
      gamma: { from: -0.2, to: 0.4 },
    },
    count: 5,
  },
  {
    name: 'Colour',
    edits: { ...NEUTRAL_EDITS, hue: { from: -30, to: 30 }, saturation: { from: -0.4, to: 0.6 } },
    count: 5,
  },
  {
    name: 'Night',
    edits: {
      ...NEUTRAL_EDITS,
      brightness: { from: -0.15, to: -0.05 },
      gamma: { from: -0.6, to: -0.35 },
      saturation: { from: -0.7, to: -0.4 },
      noise: { from: 0.02, to: 0.06 },
    },
    count: 3,
  },
  {
    name: 'Harsh sun',
    edits: {
      ...NEUTRAL_EDITS,
      brightness: { from: 0.05, to: 0.2 },
      contrast: { from: 0.25, to: 0.6 },
      saturation: { from: 0, to: 0.3 },
    },
    count: 3,
  },
  {
    name: 'Cheap camera',
    edits: { ...NEUTRAL_EDITS, sharpen: { from: 0.3, to: 1.5 }, noise: { from: 0.02, to: 0.08 } },
    count: 3,
  },
  {
    name: 'Strong augmentation',
    edits: {
      brightness: { from: -0.25, to: 0.25 },
      contrast: { from: -0.3, to: 0.4 },
      gamma: { from: -0.4, to: 0.6 },
      hue: { from: -180, to: 180 },
      saturation: { from: -0.8, to: 0.8 },
      sharpen: { from: 0, to: 1 },
      noise: { from: 0, to: 0.06 },
      opacity: 1,
    },
    count: 8,
  },
  { name: 'Black and white', edits: { ...NEUTRAL_EDITS, saturation: -1 } },
];
