import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-web/wasm';
import { EMBEDDING_SHAPE } from '../../core/segmentation/embedding.ts';
import { LOW_RES_SIDE } from '../../core/segmentation/model-space.ts';
import type { DecoderSession, EncoderSession } from '../../core/segmentation/sessions.ts';

/** What the browser's and Node's build of the engine have in common. */
type Runnable = Pick<InferenceSession, 'run'>;

/** Names and shapes of MobileSAM's tensors, as in models/manifest.json. */
export function encoderSession(session: Runnable, TensorOf: TensorConstructor): EncoderSession {
  return {
    async run(tensor, { width, height }) {
      const input = new TensorOf('float32', tensor, [1, 3, height, width]);
      const { output } = await session.run({ input });
      return floats(output);
    },
  };
}

export function decoderSession(session: Runnable, TensorOf: TensorConstructor): DecoderSession {
  const noMask = new Float32Array(LOW_RES_SIDE * LOW_RES_SIDE);
  return {
    async run(embedding, { coords, labels, previousMask }) {
      const count = labels.length;
      const { masks4, iou4 } = await session.run({
        image_embeddings: new TensorOf('float32', embedding, EMBEDDING_SHAPE),
        point_coords: new TensorOf('float32', coords, [1, count, 2]),
        point_labels: new TensorOf('float32', labels, [1, count]),
        mask_input: new TensorOf('float32', previousMask ?? noMask, [
          1,
          1,
          LOW_RES_SIDE,
          LOW_RES_SIDE,
        ]),
        has_mask_input: new TensorOf('float32', Float32Array.of(previousMask ? 1 : 0), [1]),
      });
      return { masks: floats(masks4), iou: floats(iou4) };
    },
  };
}

function floats(tensor: Tensor): Float32Array<ArrayBuffer> {
  if (!(tensor.data instanceof Float32Array)) {
    throw new TypeError(`The model answered with ${tensor.type}, not float32.`);
  }
  return tensor.data as Float32Array<ArrayBuffer>;
}
