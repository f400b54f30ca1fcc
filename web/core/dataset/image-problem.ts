import type { ImageFormat } from './image-format.ts';
import type { ImportLimits } from './limits.ts';

/** What a file turned out to be instead of a JPEG, PNG or WebP, by its first bytes. */
export type ForeignKind =
  | 'gif'
  | 'heic'
  | 'avif'
  | 'tiff'
  | 'bmp'
  | 'svg'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'photoshop'
  | 'icon'
  | 'camera-raw'
  | 'pdf'
  | 'zip'
  | 'gzip'
  | 'rar'
  | '7z'
  | 'video'
  | 'html'
  | 'text'
  | 'unknown';

/** Kinds of JPEG, PNG and WebP that are valid but not read. */
export type UnsupportedFeature =
  | 'cmyk-jpeg'
  | '12-bit-jpeg'
  | 'lossless-jpeg'
  | 'arithmetic-jpeg'
  | 'two-component-jpeg';

/** What is wrong with a file of a known format. */
export type Damage =
  /** The bytes end before the picture does. */
  | 'cut-off'
  /** The header makes no sense, so not even the size is known. */
  | 'header'
  /** A checksum in the file does not match its bytes. */
  | 'checksum'
  /** The decoder found nonsense inside the picture. */
  | 'pixels';

/** Why one file did not become a photo. */
export type ImageProblem =
  | { readonly kind: 'empty-file' }
  | { readonly kind: 'not-an-image'; readonly found: ForeignKind }
  | { readonly kind: 'unsupported'; readonly what: UnsupportedFeature }
  | { readonly kind: 'damaged'; readonly format: ImageFormat; readonly what: Damage }
  | { readonly kind: 'too-many-bytes'; readonly bytes: number; readonly limit: number }
  | {
      readonly kind: 'too-many-pixels';
      readonly width: number;
      readonly height: number;
      readonly limit: number;
    }
  | { readonly kind: 'too-many-images'; readonly limit: ImportLimits['images'] }
  /** The same bytes are already in the dataset, under the name `of`. */
  | { readonly kind: 'duplicate'; readonly of: string }
  /** The file could not be read from the disk (moved, no permission, drive gone). */
  | { readonly kind: 'unreadable-file' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'storage-full' }
  /** The browser's storage refused it for another reason. */
  | { readonly kind: 'not-saved'; readonly what: string }
  | ArchiveProblem;

/** Why an archive, or one file inside it, could not be read. */
export type ArchiveProblem =
  | { readonly kind: 'unreadable-archive' }
  | { readonly kind: 'archive-without-photos' }
  | { readonly kind: 'encrypted' }
  /** The name in the archive would leave its folder. */
  | { readonly kind: 'unsafe-name' }
  | { readonly kind: 'nested-archive' }
  /** Packed with a method other than store and deflate. */
  | { readonly kind: 'unsupported-compression' };
