import type { ImageFormat } from '../../core/dataset/image-format.ts';
import type { Damage, ImageProblem } from '../../core/dataset/image-problem.ts';
import { fail } from '../../core/flow/result.ts';
import type { Orientation } from '../../core/raster/orient.ts';

/** What a file says of itself before a single pixel is decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** As stored, before `orientation` is applied. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  readonly bitsPerChannel: number;
  readonly animated: boolean;
}

/** PNG and WebP: nothing more is needed to decode them. */
export interface PlainHeader extends ImageHeader {
  readonly format: 'png' | 'webp';
}

/** Shorthand for the commonest problem. */
export function damaged(format: ImageFormat, what: Damage) {
  return fail<ImageProblem>({ kind: 'damaged', format, what });
}
