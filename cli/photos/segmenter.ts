import type { Size } from '../../web/core/geometry/spaces.ts';
import type { Mask } from '../../web/core/mask/mask.ts';
import type { Raster } from '../../web/core/raster/raster.ts';
import { resizeBilinear } from '../../web/core/raster/resize.ts';
import { chooseByLook } from '../../web/core/segmentation/choose.ts';
import { embedPhoto } from '../../web/core/segmentation/embed.ts';
import { candidateLogits } from '../../web/core/segmentation/features.ts';
import { fromHalves } from '../../web/core/segmentation/half.ts';
import { maskFromLogits } from '../../web/core/segmentation/logits.ts';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import type { ImagePrompts } from '../../web/core/segmentation/prompts.ts';
import { replay, type Step } from '../../web/core/segmentation/replay.ts';
import type { Tier } from '../../web/core/segmentation/tiers.ts';
import type { Engine } from '../engine/engine.ts';
import type { EmbeddingCache } from './embeddings.ts';

/** A mask in the photo's size and what SAM thinks of it. */
export interface FoundMask {
  readonly mask: Mask;
  /** SAM's estimate of its IoU, clamped to 0…1. */
  readonly score: number;
}

/** One photo, ready for prompts. Steps that prompts have in common are decoded once. */
export interface PhotoSegmenter {
  /** Null when the prompts show nothing. */
  find(prompts: ImagePrompts): Promise<FoundMask | null>;
}

/** Encodes a photo when its first prompt comes. */
export function createPhotoSegmenter(
  photo: string,
  raster: Raster,
  tier: Tier,
  engine: Engine,
  cache: EmbeddingCache | null,
): PhotoSegmenter {
  const size: Size = { width: raster.width, height: raster.height };
  const frame = frameOf(size, tier);
  const memory = new Map<string, Step>();
  let embedding: Promise<Float32Array<ArrayBuffer>> | null = null;

  async function embed(): Promise<Float32Array<ArrayBuffer>> {
    let halves = cache?.get(photo) ?? null;
    if (!halves) {
      const input = resizeBilinear(raster, frame.input.width, frame.input.height, {
        antialias: true,
      });
      halves = await embedPhoto(engine.encoder, input, frame);
      await cache?.put(photo, halves);
    }
    return fromHalves(halves);
  }

  return {
    async find(prompts) {
      embedding ??= embed();
      const embedded = await embedding;
      const outcome = await replay({
        frame,
        prompts,
        embedding: embedded,
        decode: (inputs) => engine.decoder.run(embedded, inputs),
        choose: chooseByLook,
        memory,
      });
      if (outcome.kind !== 'done') return null;
      const { step, chosen } = outcome;
      const candidate = step.candidates.find(({ index }) => index === chosen);
      return {
        mask: maskFromLogits(candidateLogits(step.masks, chosen), frame, size),
        score: candidate?.predictedIou ?? 0,
      };
    },
  };
}
