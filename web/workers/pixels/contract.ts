import type { ImageFormat, OutputFormat } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import type { ImageWarning } from '../../core/dataset/image-warning.ts';
import type { ImportLimits } from '../../core/dataset/limits.ts';
import type { EditLayer } from '../../core/edits/apply.ts';
import type { Effort } from '../../core/export/recipe.ts';
import type { Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Mask } from '../../core/mask/mask.ts';
import type { Raster } from '../../core/raster/raster.ts';

/** A photo's file as it came in. `hash` is the SHA-256 of its bytes: the key of every cache. */
export interface PhotoSource {
  readonly hash: string;
  readonly blob: Blob;
}

/** What is known of a photo once every one of its pixels has been decoded. */
export interface Inspected {
  /** SHA-256 of the file's bytes, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly format: ImageFormat;
  /** Of the upright picture, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Whether R = G = B in every pixel. */
  readonly grayscale: boolean;
  /** Size of the file. */
  readonly bytes: number;
  /** A small JPEG of at most THUMBNAIL_SIDE pixels, upright, for showing only. */
  readonly thumbnail: Blob;
  readonly warnings: readonly ImageWarning[];
}

export const THUMBNAIL_SIDE = 320;

/** A picture to draw; the receiver owns `bitmap` and closes it. */
export interface Shown {
  readonly bitmap: ImageBitmap;
  /** Of the photo itself; the bitmap may be smaller. */
  readonly width: number;
  readonly height: number;
}

export interface VariantRequest {
  readonly source: PhotoSource;
  /** Applied in order; masks in the photo's own size. */
  readonly layers: readonly EditLayer[];
  /** The whole template's mask: what the mask file shows. */
  readonly mask: Mask;
  readonly format: OutputFormat;
  /** 1…100 for JPEG and lossy WebP; 'lossless' for WebP. PNG is always exact and ignores it. */
  readonly quality: number | 'lossless';
  /** How hard the encoder tries for a small file; PNG has one way only. */
  readonly effort: Effort;
  /** Longer side of what is written, px, at most; null for the photo's own size. */
  readonly maxSide: number | null;
}

export interface MadeVariant {
  readonly image: Blob;
  /** 8-bit grayscale PNG, 0 or 255, in the picture's size. */
  readonly mask: Blob;
  /** Of picture and mask. */
  readonly size: Size;
  readonly imageSha256: string;
  readonly maskSha256: string;
  /** The mask file's mask as COCO's compressed run lengths. */
  readonly maskRle: string;
  /** JPEG for showing only, at most THUMBNAIL_SIDE pixels. */
  readonly thumbnail: Blob;
}

/** Why the worker has no answer. */
export type PixelsProblem =
  | ImageProblem
  /** A newer request of the same kind arrived; its answer is the one to show. */
  | { readonly kind: 'overtaken' }
  /** The worker died (usually for want of memory). The client starts a new one by itself. */
  | { readonly kind: 'worker-crashed' };

/** Every call that the pixels worker answers. Calls never reject for what a file contains. */
export interface PixelsWorker {
  /**
   * Checks a file completely: magic bytes, size from the header before anything is allocated,
   * then a full decode. `name` is only used to notice a misleading extension.
   */
  inspect(
    name: string,
    blob: Blob,
    limits: ImportLimits,
  ): Promise<Result<Inspected, PixelsProblem>>;
  /** The upright photo for showing, its longer side at most `maxSide`. */
  bitmap(source: PhotoSource, maxSide: number): Promise<Result<Shown, PixelsProblem>>;
  /** The photo as SAM sees it: bilinear, longer side exactly `longSide`. Transferred. */
  modelInput(source: PhotoSource, longSide: number): Promise<Result<Raster, PixelsProblem>>;
  /**
   * The photo with its edits, for showing. At most `maxSide` pixels long: a larger photo is
   * edited on a downscaled copy (sharpening and noise then look coarser than in the variant);
   * masks are given in the photo's own size either way.
   * Newest wins: a request that a newer one has overtaken answers `overtaken`.
   */
  preview(
    source: PhotoSource,
    layers: readonly EditLayer[],
    maxSide: number,
  ): Promise<Result<Shown, PixelsProblem>>;
  /** Makes one variant and its mask file, exactly and repeatably: same input, same bytes. */
  variant(request: VariantRequest): Promise<Result<MadeVariant, PixelsProblem>>;
  /** Forgets the decoded pictures. */
  release(): Promise<void>;
}
