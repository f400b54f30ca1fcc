export const EMBEDDING_CHANNELS = 256;

/** Cells along a side; one stands for 16 × 16 pixels of the model's square. */
export const EMBEDDING_SIDE = 64;

/** Shape of what the decoder is given of one photo: [1, 256, 64, 64]. */
export const EMBEDDING_SHAPE = [1, EMBEDDING_CHANNELS, EMBEDDING_SIDE, EMBEDDING_SIDE] as const;

/** Numbers in one embedding; stored as half floats it takes twice as many bytes (2 MiB). */
export const EMBEDDING_LENGTH = EMBEDDING_CHANNELS * EMBEDDING_SIDE * EMBEDDING_SIDE;

/** An embedding belongs to one picture and one encoder. */
export interface EmbeddingKey {
  /** Identity of the photo: SHA-256 of the file, lower-case hex. */
  readonly image: string;
  /** Encoder and grid: see `embeddingModel` in tiers.ts. */
  readonly model: string;
}

/**
 * Where embeddings outlive the page. Losing one costs an encode, never data, so an
 * implementation may drop what it likes. `put` may reject (quota); the caller goes on without.
 */
export interface EmbeddingStore {
  has(key: EmbeddingKey): Promise<boolean>;
  /** IEEE 754 half floats, `EMBEDDING_LENGTH` of them, or null when not stored. */
  get(key: EmbeddingKey): Promise<Uint16Array<ArrayBuffer> | null>;
  put(key: EmbeddingKey, data: Uint16Array<ArrayBuffer>): Promise<void>;
}
