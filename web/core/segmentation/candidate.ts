import type { CandidateIndex } from './prompts.ts';

/** What is known about one of the decoder's four masks without looking at the photo. */
export interface Candidate {
  readonly index: CandidateIndex;
  /** The automatic choice takes the highest. Comparable within one answer only. */
  readonly score: number;
  /** The decoder's own estimate, clamped to 0…1. Poorly calibrated: never a gate by itself. */
  readonly predictedIou: number;
  /** Share of the photo inside the mask, 0…1. */
  readonly areaShare: number;
  /** IoU of the mask at threshold +1 with the mask at −1, 0…1. */
  readonly stability: number;
  /** Share of the photo's border that the mask covers, 0…1. */
  readonly borderShare: number;
}
