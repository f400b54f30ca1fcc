import type { AnnotatedImage } from './annotated-image.ts';

/** How COCO writes masks: run lengths, or polygons. Both hold every mask exactly. */
export type CocoSegmentation = 'rle' | 'polygons';

export interface CocoFile {
  /** What made the dataset, such as `Maskwright 0.1.0`. */
  readonly source: string;
  /** Sorted; category ids count from 1. */
  readonly classes: readonly string[];
  readonly images: readonly AnnotatedImage[];
  readonly segmentation: CocoSegmentation;
}
