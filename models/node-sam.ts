import type { Size } from '../web/core/geometry/spaces.ts';
import type { Mask } from '../web/core/mask/mask.ts';
import type { Raster } from '../web/core/raster/raster.ts';
import { resizeBilinear } from '../web/core/raster/resize.ts';
import type { Chooser } from '../web/core/segmentation/choose.ts';
import type { DecoderInputs, DecoderOutputs } from '../web/core/segmentation/decode.ts';
import { embedPhoto } from '../web/core/segmentation/embed.ts';
import { candidateLogits } from '../web/core/segmentation/features.ts';
import { fromHalves } from '../web/core/segmentation/half.ts';
import { maskFromLogits } from '../web/core/segmentation/logits.ts';
import { frameOf, type ModelFrame } from '../web/core/segmentation/model-space.ts';
import type { ImagePrompts } from '../web/core/segmentation/prompts.ts';
import { type ReplayOutcome, replay, type Step } from '../web/core/segmentation/replay.ts';
import type { Tier } from '../web/core/segmentation/tiers.ts';
import { ensureModels } from './derive.ts';
import { createNodeDecoder, createNodeEncoder, type NodeSessionOptions } from './node-session.ts';

/** One photo, encoded, ready for prompts. Remembers its steps like the decoding worker does. */
export interface EncodedPhoto {
  readonly frame: ModelFrame;
  readonly embedding: Float32Array<ArrayBuffer>;
  decode(inputs: DecoderInputs): Promise<DecoderOutputs>;
  replay(prompts: ImagePrompts, choose: Chooser): Promise<ReplayOutcome & { kind: 'done' }>;
  /** The chosen mask at the photo's own size, or at `target`. */
  segment(prompts: ImagePrompts, choose: Chooser, target?: Size): Promise<Mask>;
}

export interface NodeSam {
  encode(photo: Raster, tier: Tier): Promise<EncodedPhoto>;
}

/** The core's recipe in Node: the same numbers as in the browser's workers. */
export async function openNodeSam(options: NodeSessionOptions = {}): Promise<NodeSam> {
  const [encoderFile, decoderFile] = ensureModels();
  const encoder = await createNodeEncoder(encoderFile.path, options);
  const decoder = await createNodeDecoder(decoderFile.path, options);
  return {
    async encode(photo, tier) {
      const size = { width: photo.width, height: photo.height };
      const frame = frameOf(size, tier);
      const { width, height } = frame.input;
      const input = resizeBilinear(photo, width, height, { antialias: true });
      const embedding = fromHalves(await embedPhoto(encoder, input, frame));
      const memories = new Map<Chooser, Map<string, Step>>();
      const decode = (inputs: DecoderInputs) => decoder.run(embedding, inputs);

      const play = async (prompts: ImagePrompts, choose: Chooser) => {
        const memory = memories.get(choose) ?? new Map<string, Step>();
        memories.set(choose, memory);
        const outcome = await replay({ frame, prompts, embedding, decode, choose, memory });
        if (outcome.kind !== 'done') throw new RangeError(`These prompts give ${outcome.kind}.`);
        return outcome;
      };
      return {
        frame,
        embedding,
        decode,
        replay: play,
        async segment(prompts, choose, target = size) {
          const { step, chosen } = await play(prompts, choose);
          return maskFromLogits(candidateLogits(step.masks, chosen), frame, target);
        },
      };
    },
  };
}
