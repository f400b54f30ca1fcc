import type { Candidate } from './candidate.ts';
import { FIRST_CLICK_WEIGHTS, REFINEMENT_WEIGHTS } from './choose-weights.ts';
import type { DecoderOutputs } from './decode.ts';
import { candidateLogits, type MaskFeatures, maskFeatures } from './features.ts';
import type { ModelFrame } from './model-space.ts';
import type { CandidateIndex, ImagePrompts } from './prompts.ts';

/** The step that an answer belongs to. */
export interface ChoiceContext {
  /** Of the photo. */
  readonly frame: ModelFrame;
  /** All prompts up to this step. */
  readonly prompts: ImagePrompts;
  /** [256, 256] logits of the mask chosen in the step before, null at the first. */
  readonly previousMask: Float32Array | null;
  /** [256, 64, 64] of the photo. */
  readonly embedding: Float32Array;
}

export interface Choice {
  /** All four, in order of index. */
  readonly candidates: readonly Candidate[];
  readonly automatic: CandidateIndex;
}

export type Chooser = (outputs: DecoderOutputs, context: ChoiceContext) => Choice;

/** One of the four, measured. */
export interface MeasuredMask extends MaskFeatures {
  readonly index: CandidateIndex;
  /** As the decoder gives it, not clamped. */
  readonly estimate: number;
}

/** A chooser that takes the candidate which `rate` puts highest, the first one of equals. */
function chooserOf(rate: (mask: MeasuredMask, context: ChoiceContext) => number): Chooser {
  return (outputs, context) => {
    const candidates = measureMasks(outputs, context).map((mask) => ({
      index: mask.index,
      score: rate(mask, context),
      predictedIou: Math.min(Math.max(mask.estimate, 0), 1),
      areaShare: mask.areaShare,
      stability: mask.stability,
      borderShare: mask.borderShare,
    }));
    const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
    return { candidates, automatic: best.index };
  };
}

export function measureMasks(outputs: DecoderOutputs, context: ChoiceContext): MeasuredMask[] {
  return ([0, 1, 2, 3] as const).map((index) => ({
    ...maskFeatures(candidateLogits(outputs.masks, index), context),
    index,
    estimate: outputs.iou[index],
  }));
}

/**
 * The rule of SAM's own ONNX export: for one point the best estimate among masks 1–3, from two
 * on mask 0. The reference that ours is measured against.
 */
export const chooseLikeSam: Chooser = chooserOf(({ index, estimate }, { prompts }) => {
  const isOnePoint = prompts.points.length === 1 && prompts.box === null;
  return isOnePoint === (index === 0) ? estimate - 1000 : estimate;
});

/**
 * Ours: a linear score over what a mask looks like, with one set of weights for the first click
 * and one for refinements (`choose-weights.ts`). A box alone is not ambiguous: mask 0, which was
 * trained for exactly that.
 */
export const chooseByLook: Chooser = chooserOf((mask, { prompts, previousMask }) => {
  if (previousMask) return weigh(refinementTerms(mask), REFINEMENT_WEIGHTS);
  if (prompts.box) return mask.index === 0 ? 1 : 0;
  return weigh(firstClickTerms(mask), FIRST_CLICK_WEIGHTS);
});

/** Smallest share that counts: one pixel of the 256 × 256 logits. */
const LEAST_SHARE = 1 / (256 * 256);

/** One click says nothing about the extent that is meant: neither specks nor half the photo. */
export function firstClickTerms(
  mask: MeasuredMask,
): Record<keyof typeof FIRST_CLICK_WEIGHTS, number> {
  const logArea = Math.log(Math.max(mask.areaShare, LEAST_SHARE));
  const { stability, borderShare, likeness } = mask;
  return { logArea, logAreaSquared: logArea * logArea, stability, borderShare, likeness };
}

/** Later clicks correct a mask: mask 0 unless it is shaky or forgets what was there. */
export function refinementTerms(
  mask: MeasuredMask,
): Record<keyof typeof REFINEMENT_WEIGHTS, number> {
  const { stability, borderShare, likeness, agreement, estimate } = mask;
  return {
    isMask0: mask.index === 0 ? 1 : 0,
    stability,
    borderShare,
    likeness,
    agreement,
    estimate,
  };
}

function weigh<Name extends string>(
  terms: Record<Name, number>,
  weights: Record<Name, number>,
): number {
  return (Object.keys(weights) as Name[]).reduce(
    (sum, name) => sum + weights[name] * terms[name],
    0,
  );
}
