import type { EmbeddingKey } from '../../core/segmentation/embedding.ts';

/** What the encoding worker sees of the decoding one, over the port between them. */
export interface EmbeddingSink {
  /** Takes a photo's embedding into memory, and stores it behind the scenes. */
  accept(key: EmbeddingKey, embedding: Uint16Array<ArrayBuffer>): Promise<void>;
}
