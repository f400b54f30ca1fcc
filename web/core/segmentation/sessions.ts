import type { Size } from '../geometry/spaces.ts';
import type { DecoderInputs, DecoderOutputs } from './decode.ts';

/** A loaded encoder. One run at a time. */
export interface EncoderSession {
  /**
   * @param tensor float32 [1, 3, grid height, grid width], see `imageTensor`.
   * @param grid multiples of 16.
   * @returns float32 [1, 256, grid height / 16, grid width / 16].
   */
  run(tensor: Float32Array<ArrayBuffer>, grid: Size): Promise<Float32Array<ArrayBuffer>>;
}

/** A loaded decoder. One run at a time. */
export interface DecoderSession {
  /** @param embedding float32 [1, 256, 64, 64]. */
  run(embedding: Float32Array<ArrayBuffer>, inputs: DecoderInputs): Promise<DecoderOutputs>;
}
