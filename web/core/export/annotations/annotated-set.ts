import type { AnnotatedImage } from './annotated-image.ts';

/** Pictures with one object each, and the sorted names of their classes. */
export interface AnnotatedSet {
  readonly classes: readonly string[];
  readonly images: readonly AnnotatedImage[];
}
