import { createLru } from '../../core/flow/lru.ts';
import {
  EMBEDDING_LENGTH,
  type EmbeddingKey,
  type EmbeddingStore,
} from '../../core/segmentation/embedding.ts';
import { GOLDEN_PHOTO } from '../../core/segmentation/golden.ts';
import { fromHalves } from '../../core/segmentation/half.ts';
import type { EmbeddingStatus } from './contract.ts';

/** Embeddings in memory, backed by what the device keeps. */
export interface Embeddings {
  accept(key: EmbeddingKey, halves: Uint16Array<ArrayBuffer>): void;
  status(key: EmbeddingKey): Promise<EmbeddingStatus>;
  /** float32 [1, 256, 64, 64], always rounded to halves: stored or fresh, the masks are equal. */
  load(key: EmbeddingKey): Promise<Float32Array<ArrayBuffer> | null>;
}

/**
 * @param store what outlives the page; its failures cost an encode later and are not reported.
 * @param maxBytes of embeddings held in memory.
 */
export function createEmbeddings(store: EmbeddingStore, maxBytes: number): Embeddings {
  const halvesOf = createLru<Uint16Array<ArrayBuffer>>(maxBytes, (halves) => halves.byteLength);
  // The user clicks on one photo many times: it is kept ready to run.
  let ready: { readonly name: string; readonly values: Float32Array<ArrayBuffer> } | undefined;
  const nameOf = ({ image, model }: EmbeddingKey) => `${model} ${image}`;

  return {
    accept(key, halves) {
      halvesOf.set(nameOf(key), halves);
      if (ready?.name === nameOf(key)) ready = undefined;
      if (key.image !== GOLDEN_PHOTO) store.put(key, halves).catch(() => {});
    },
    async status(key) {
      if (halvesOf.has(nameOf(key))) return 'ready';
      return (await store.has(key).catch(() => false)) ? 'stored' : 'missing';
    },
    async load(key) {
      const name = nameOf(key);
      if (ready?.name === name) return ready.values;
      let halves = halvesOf.get(name);
      if (!halves) {
        const stored = await store.get(key).catch(() => null);
        if (stored?.length !== EMBEDDING_LENGTH) return null;
        halves = stored;
        halvesOf.set(name, halves);
      }
      ready = { name, values: fromHalves(halves) };
      return ready.values;
    },
  };
}
