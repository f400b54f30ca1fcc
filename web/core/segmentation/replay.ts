import type { Candidate } from './candidate.ts';
import type { Chooser } from './choose.ts';
import type { DecoderInputs, DecoderOutputs } from './decode.ts';
import { candidateLogits } from './features.ts';
import type { ModelFrame } from './model-space.ts';
import { promptTensors } from './prompt-tensors.ts';
import type { CandidateIndex, ImagePrompts } from './prompts.ts';

/** The decoder's answer to one step of the prompts. */
export interface Step {
  /** float32 [4, 256, 256]: logits of the four candidates. */
  readonly masks: Float32Array<ArrayBuffer>;
  readonly candidates: readonly Candidate[];
  readonly automatic: CandidateIndex;
}

/** Keeps steps under the key of everything that led to them. */
export interface StepMemory {
  get(key: string): Step | undefined;
  set(key: string, step: Step): void;
}

export interface ReplayOptions {
  readonly frame: ModelFrame;
  readonly prompts: ImagePrompts;
  /** [256, 64, 64] of the photo, made in the same frame; `decode` reads the same one. */
  readonly embedding: Float32Array;
  /** Answers null when nobody waits for the mask any more: the replay then stops. */
  readonly decode: (inputs: DecoderInputs) => Promise<DecoderOutputs | null>;
  readonly choose: Chooser;
  readonly memory: StepMemory;
}

export type ReplayOutcome =
  | {
      readonly kind: 'done';
      /** Key under which `memory` holds the last step. */
      readonly key: string;
      readonly step: Step;
      readonly chosen: CandidateIndex;
    }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'no-prompts' };

/**
 * Plays prompts the way they were given, one decode for the box and one for every point, each
 * fed the mask chosen in the step before. So a stored template gives, in a worker or in Node,
 * the mask that its author saw. Steps that `memory` knows are not decoded again; it holds steps
 * of one embedding only, or tells embeddings apart itself.
 */
export async function replay(options: ReplayOptions): Promise<ReplayOutcome> {
  const { frame, prompts, embedding, decode, choose, memory } = options;
  let key = `${frame.photo.width}x${frame.photo.height}`;
  let last: { readonly step: Step; readonly chosen: CandidateIndex } | undefined;

  for (const shown of stepsOf(prompts)) {
    key += `;${keyOf(shown, last?.chosen)}`;
    let step = memory.get(key);
    if (!step) {
      const previousMask = last ? candidateLogits(last.step.masks, last.chosen) : null;
      const outputs = await decode({ ...promptTensors(shown, frame), previousMask });
      if (!outputs) return { kind: 'overtaken' };
      step = {
        masks: outputs.masks,
        ...choose(outputs, { frame, prompts: shown, previousMask, embedding }),
      };
      memory.set(key, step);
    }
    const override = (shown.points.at(-1) ?? shown.box)?.candidate;
    last = { step, chosen: override ?? step.automatic };
  }
  return last ? { kind: 'done', key, ...last } : { kind: 'no-prompts' };
}

/** The prompts as they stood after the box and after each point. */
function stepsOf({ box, points }: ImagePrompts): ImagePrompts[] {
  const steps = points.map((_, i) => ({ box, points: points.slice(0, i + 1) }));
  return box ? [{ box, points: [] }, ...steps] : steps;
}

/** What this step adds; its own `candidate` changes the choice, not the answer. */
function keyOf({ box, points }: ImagePrompts, previous: CandidateIndex | undefined): string {
  const point = points.at(-1);
  const shown = point
    ? `${point.include ? '+' : '-'}${point.x},${point.y}`
    : `box ${box?.x0},${box?.y0},${box?.x1},${box?.y1}`;
  return previous === undefined ? shown : `take ${previous};${shown}`;
}
