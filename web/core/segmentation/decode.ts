/** What one run of the decoder is given besides the embedding. */
export interface DecoderInputs {
  /** float32 [1, n, 2]: x, y in model pixels. */
  readonly coords: Float32Array<ArrayBuffer>;
  /** float32 [1, n]: 1 include, 0 exclude, 2 and 3 corners of a box, −1 padding. */
  readonly labels: Float32Array<ArrayBuffer>;
  /** float32 [1, 1, 256, 256]: logits of the mask so far, or null at the first step. */
  readonly previousMask: Float32Array<ArrayBuffer> | null;
}

/** What one run of the decoder gives. */
export interface DecoderOutputs {
  /** float32 [1, 4, 256, 256]: logits, inside the mask where above zero. */
  readonly masks: Float32Array<ArrayBuffer>;
  /** float32 [1, 4]: the decoder's estimate of each mask's IoU. */
  readonly iou: Float32Array<ArrayBuffer>;
}
