import type { ImportLimits } from './limits.ts';

/** Why one file did not become a photo. */
export type ImageProblem =
  | { readonly kind: 'empty-file' }
  | { readonly kind: 'not-an-image'; readonly found: string }
  | { readonly kind: 'unsupported'; readonly what: string }
  | { readonly kind: 'damaged'; readonly what: string }
  | { readonly kind: 'too-many-bytes'; readonly bytes: number; readonly limit: number }
  | {
      readonly kind: 'too-many-pixels';
      readonly width: number;
      readonly height: number;
      readonly limit: number;
    }
  | { readonly kind: 'too-many-images'; readonly limit: ImportLimits['images'] }
  | { readonly kind: 'duplicate'; readonly of: string }
  | { readonly kind: 'unreadable-archive'; readonly what: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'storage-full' };
