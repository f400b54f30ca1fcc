import type { Size } from '../geometry/spaces.ts';
import type { Mask } from '../mask/mask.ts';
import type { AnnotationFault } from './annotation-problem.ts';

/** The kinds of annotations that are read, the most trusted first: see `collect.ts`. */
export const ANNOTATION_KINDS = [
  'COCO',
  'Datumaro',
  'CVAT',
  'Pascal VOC',
  'mask PNG',
  'YOLO',
] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

/** A mask as its file writes it. Nothing is drawn before the photo's size has been compared. */
export type FoundShape =
  /** COCO's compressed run lengths. */
  | { readonly kind: 'rle-text'; readonly counts: string }
  /** COCO's run lengths, column by column. */
  | { readonly kind: 'rle'; readonly counts: readonly number[] }
  /** CVAT's run lengths, row by row through a box. */
  | {
      readonly kind: 'box-rle';
      readonly counts: readonly number[];
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  /** Polygons in pixels, x, y, x, y …; joined. `coco` fills them as pycocotools does. */
  | {
      readonly kind: 'polygons';
      readonly rings: readonly (readonly number[])[];
      readonly rule: 'coco' | 'pixel-centres';
    }
  /** One polygon in shares of width and height. */
  | { readonly kind: 'unit-polygon'; readonly ring: readonly number[] }
  | { readonly kind: 'bitmap'; readonly mask: Mask };

/** One object that a file speaks of. */
export interface FoundMask {
  /** The picture's path, as the file gives it. */
  readonly image: string;
  /** The picture's size, when the file gives it. */
  readonly size: Size | null;
  readonly className: string;
  readonly shape: FoundShape;
  /** Where it stands in the file. */
  readonly place: string;
}

/** What readers tell while they read. */
export interface ImportSink {
  mask(found: FoundMask): void;
  /** A box, a point or a caption: nothing that could be a mask. */
  other(): void;
  problem(place: string, fault: AnnotationFault): void;
}
