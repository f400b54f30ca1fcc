import type { Seed } from './seed.ts';

/** What the edits need to know beside pixels. */
export interface EditContext {
  readonly seed: Seed;
  /** Whether the source image is grayscale: hue and saturation are skipped, noise is shared. */
  readonly grayscale: boolean;
}
