import type { AnnotatedImage } from './annotations/annotated-image.ts';
import type { AnnotatedSet } from './annotations/annotated-set.ts';
import type { CocoFile } from './annotations/coco-file.ts';

/** A file that is made from masks while the archive is written, so that none is made ahead. */
export type MadeFile =
  | { readonly kind: 'coco'; readonly coco: CocoFile }
  | { readonly kind: 'yolo-label'; readonly image: AnnotatedImage }
  | { readonly kind: 'voc-mask'; readonly image: AnnotatedImage }
  | { readonly kind: 'voc-xml'; readonly image: AnnotatedImage }
  | { readonly kind: 'cvat'; readonly cvat: AnnotatedSet }
  | { readonly kind: 'datumaro'; readonly datumaro: AnnotatedSet }
  /** A small JPEG of the variant with its mask drawn over it. */
  | { readonly kind: 'overlay'; readonly image: AnnotatedImage };

/** A file of a result: which one, and the SHA-256 of its bytes in hexadecimal. */
export interface StoredFile {
  readonly path: string;
  readonly key: string;
  readonly role: 'image' | 'mask';
  readonly sha256: string;
}

/** One file of the archive: its text, where its bytes are kept, or what it is made from. */
export type PlannedFile =
  | { readonly path: string; readonly text: string }
  | StoredFile
  | { readonly path: string; readonly make: MadeFile };
