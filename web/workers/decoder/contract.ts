import type { Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Mask } from '../../core/mask/mask.ts';
import type { Candidate } from '../../core/segmentation/candidate.ts';
import type { CandidateIndex, ImagePrompts } from '../../core/segmentation/prompts.ts';
import type { Tier } from '../../core/segmentation/tiers.ts';
import type { OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../engine/contract.ts';

/** Where a photo's embedding is: in memory, on the device, or not made yet. */
export type EmbeddingStatus = 'ready' | 'stored' | 'missing';

export interface SegmentRequest {
  /** SHA-256 of the photo. */
  readonly photo: string;
  /** The photo's own size in pixels; prompts are in its coordinates. */
  readonly size: Size;
  /** Which of the photo's embeddings to use. */
  readonly tier: Tier;
  /** At least a box or one point. */
  readonly prompts: ImagePrompts;
  /**
   * - `click`: the user waits. Goes first; a newer click overtakes it.
   * - `hover`: a preview. Any newer hover or click overtakes it.
   * - `run`: part of a job. Waits for clicks, is never overtaken.
   */
  readonly kind: 'click' | 'hover' | 'run';
}

/** An answer stays in the worker; ask for its masks by this id. */
export type AnswerId = number;

export interface Segmentation {
  readonly kind: 'segmented';
  readonly answer: AnswerId;
  /** All four, in order of index. */
  readonly candidates: readonly Candidate[];
  /** The last step's `candidate` where the prompts name one, else the automatic choice. */
  readonly chosen: CandidateIndex;
}

export type SegmentReply =
  | Segmentation
  /** A newer request came; not an error, show nothing. */
  | { readonly kind: 'overtaken' }
  /** No embedding for this photo: encode it and ask again. */
  | { readonly kind: 'missing'; readonly photo: string }
  /** Neither a box nor a point. */
  | { readonly kind: 'no-prompts' }
  | { readonly kind: 'failed'; readonly problem: EngineProblem };

/** The worker has dropped this answer (it keeps the newest dozens): segment again. */
export interface AnswerExpired {
  readonly kind: 'answer-expired';
}

/** Every message to the decoding worker. One decode at a time; a failed one stops no other. */
export interface DecoderApi {
  /** Loads engine and model and creates the session. Further calls give the same answer. */
  prepare(
    source: EngineSource,
    onProgress: OnModelProgress,
  ): Promise<Result<EngineReport, EngineProblem>>;
  /** Gives the port whose other end an encoding worker has; embeddings come through it. */
  connect(port: MessagePort): Promise<void>;
  /**
   * Says whether several encoders keep every core busy. What is part of a job is then decoded on
   * one thread, beside clicks, as soon as a session for it is open.
   */
  shareCores(isBusy: boolean): Promise<void>;
  /** `missing` for every photo until `prepare` has said which model counts. */
  status(photo: string, tier: Tier): Promise<EmbeddingStatus>;
  /** The user looks at this photo: its embedding is made ready to run, so that a click need not wait. */
  warm(photo: string, tier: Tier): Promise<void>;
  segment(request: SegmentRequest): Promise<SegmentReply>;
  /** The mask in the photo's own pixels. */
  maskAt(
    answer: AnswerId,
    candidate: CandidateIndex,
    size: Size,
  ): Promise<Result<Mask, AnswerExpired>>;
  /** The same mask at the size it is shown: costs what the view costs, not what the photo does. */
  viewMask(
    answer: AnswerId,
    candidate: CandidateIndex,
    viewSize: Size,
  ): Promise<Result<Mask, AnswerExpired>>;
}
