import type { DecoderInputs, DecoderOutputs } from './decode.ts';

/** A loaded encoder. One run at a time. */
export interface EncoderSession {
  /**
   * @param tensor float32 [1, 3, 1024, 1024], see `imageTensor`.
   * @returns float32 [1, 256, 64, 64].
   */
  run(tensor: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
}

/** A loaded decoder. One run at a time. */
export interface DecoderSession {
  /** @param embedding float32 [1, 256, 64, 64]. */
  run(embedding: Float32Array<ArrayBuffer>, inputs: DecoderInputs): Promise<DecoderOutputs>;
}
