import type { Box, Point } from '../geometry/spaces.ts';

/**
 * Which of the decoder's four masks was taken after a step: 0 is SAM's single-mask answer,
 * 1–3 are the three of growing extent. Absent means the automatic choice.
 */
export type CandidateIndex = 0 | 1 | 2 | 3;

/** One click: `include` adds what is under it to the mask, otherwise it is taken away. */
export type PromptPoint<Space extends string> = Point<Space> & {
  readonly include: boolean;
  readonly candidate?: CandidateIndex | undefined;
};

/** A drawn box. It is the first step, before all points. */
export type PromptBox<Space extends string> = Box<Space> & {
  readonly candidate?: CandidateIndex | undefined;
};

/** What the user shows SAM, in the order in which it was shown. */
export interface Prompts<Space extends string> {
  readonly points: readonly PromptPoint<Space>[];
  readonly box: PromptBox<Space> | null;
}

export type ImagePrompts = Prompts<'image'>;
export type UnitPrompts = Prompts<'unit'>;

/** Whether there is anything to show SAM. */
export function hasSteps<Space extends string>({ points, box }: Prompts<Space>): boolean {
  return box !== null || points.length > 0;
}
