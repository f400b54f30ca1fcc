import type { Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Tier } from '../../core/segmentation/tiers.ts';
import type { OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../engine/contract.ts';

export interface EncodeRequest {
  /** SHA-256 of the photo. */
  readonly photo: string;
  /** The photo's own size in pixels. */
  readonly size: Size;
  readonly tier: Tier;
  /** The upright photo, resized to the input of its frame in this tier (see `frameOf`). */
  readonly input: Raster;
}

export type EncodeReply =
  /** The embedding is in the decoding worker's memory; it is being stored behind the scenes. */
  | { readonly kind: 'encoded'; readonly photo: string; readonly encodeMs: number }
  /** `cancel` came before its turn. */
  | { readonly kind: 'cancelled'; readonly photo: string }
  | { readonly kind: 'failed'; readonly photo: string; readonly problem: EngineProblem };

/** Every message to the encoding worker. One encode at a time; a failed one stops no other. */
export interface EncoderApi {
  /** Loads engine and model and creates the session. Further calls give the same answer. */
  prepare(
    source: EngineSource,
    onProgress: OnModelProgress,
  ): Promise<Result<EngineReport, EngineProblem>>;
  /** Gives the port whose other end the decoding worker has; embeddings go through it. */
  connect(port: MessagePort): Promise<void>;
  /** Encodes in order of arrival. A photo asked for twice in one tier is encoded once. */
  encode(request: EncodeRequest): Promise<EncodeReply>;
  /** Moves a waiting photo to the front: the user needs this one first. */
  promote(photo: string): Promise<void>;
  /** Takes a waiting photo out of the queue; one being encoded is finished. */
  cancel(photo: string): Promise<void>;
}
