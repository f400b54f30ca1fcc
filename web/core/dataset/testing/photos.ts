import type { Photo } from '../photo.ts';

/** A photo of 4 × 3 pixels named by its hash, but for `facts`. */
export function photoOf(hash: string, facts: Partial<Photo> = {}): Photo {
  return {
    hash,
    name: `${hash}.jpg`,
    folder: '',
    format: 'jpeg',
    width: 4,
    height: 3,
    bytes: 10,
    grayscale: false,
    warnings: [],
    order: 0,
    ...facts,
  };
}
