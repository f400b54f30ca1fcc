import type { ImageFormat } from './image-format.ts';

/** What was done to a photo that its owner may want to know; it came in all the same. */
export type ImageWarning =
  /** Only the first picture of several was taken. */
  | { readonly kind: 'animated' }
  /** 16 bits a channel became 8: the high byte is kept, the low one is dropped. */
  | { readonly kind: 'reduced-to-8-bits' }
  /** The extension says one format, the bytes say another. The bytes are believed. */
  | { readonly kind: 'wrong-extension'; readonly actual: ImageFormat };
