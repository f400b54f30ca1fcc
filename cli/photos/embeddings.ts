import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDING_LENGTH } from '../../web/core/segmentation/embedding.ts';
import { nodeDisk } from '../stores/disk.ts';

/** Embeddings that outlive a run, as half floats (2 MiB a photo), so that no photo is encoded twice. */
export interface EmbeddingCache {
  get(photo: string): Uint16Array<ArrayBuffer> | null;
  put(photo: string, halves: Uint16Array<ArrayBuffer>): Promise<void>;
}

/**
 * Keeps embeddings in a folder, by model and photo. What cannot be written is not kept, what
 * cannot be read is made again: losing one costs an encode, nothing else.
 * @param model identifies encoder, its settings and what runs it
 */
export function createEmbeddingCache(folder: string, model: string): EmbeddingCache {
  const pathOf = (photo: string) => join(folder, model, photo.slice(0, 2), `${photo}.f16`);
  return {
    get(photo) {
      try {
        const bytes = readFileSync(pathOf(photo));
        if (bytes.length !== EMBEDDING_LENGTH * 2) return null;
        return new Uint16Array(new Uint8Array(bytes).buffer);
      } catch {
        return null;
      }
    },
    async put(photo, halves) {
      const path = pathOf(photo);
      const temporary = nodeDisk.temporaryName(path);
      await nodeDisk
        .write(temporary, new Uint8Array(halves.buffer))
        .then(() => nodeDisk.rename(temporary, path))
        .catch(() => undefined);
    },
  };
}
