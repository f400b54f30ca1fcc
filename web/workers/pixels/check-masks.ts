import type { Size } from '../../core/geometry/spaces.ts';

/**
 * Checks at the door that masks belong to this photo.
 * @throws Error when one has another size: the caller mixed up its photos, which is a bug
 */
export function requireSameSize(photo: Size, masks: readonly Size[]): void {
  for (const { width, height } of masks) {
    if (width !== photo.width || height !== photo.height) {
      throw new Error(
        `A mask is ${width} × ${height}, its photo ${photo.width} × ${photo.height}.`,
      );
    }
  }
}
