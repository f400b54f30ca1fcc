import type { Size } from '../geometry/spaces.ts';
import type { OutputFormat } from './image-format.ts';
import type { ImageProblem } from './image-problem.ts';

/** What is known of one component on one photo. */
export interface ComponentResult {
  readonly name: string;
  /** Pixels inside the mask, in the photo's own size. */
  readonly area: number;
  /** SAM's own estimate of its mask, clamped to 0…1; null where no model was asked. */
  readonly score: number | null;
}

/** Why a photo has no variant. The run went on without it. */
export type VariantProblem =
  | ImageProblem
  | { readonly kind: 'nothing-found' }
  | { readonly kind: 'no-prompts' }
  /** The template brings its masks, and this photo's is gone or of another size. */
  | { readonly kind: 'no-given-mask' }
  | { readonly kind: 'engine'; readonly what: string }
  | { readonly kind: 'worker-crashed' };

interface VariantOf {
  /** Hash of everything that went in: photo, template, output settings, model. */
  readonly key: string;
  readonly photo: string;
  readonly templateId: string;
}

export interface DoneVariant extends VariantOf {
  readonly status: 'done';
  readonly format: OutputFormat;
  readonly imageSha256: string;
  readonly maskSha256: string;
  readonly imageBytes: number;
  readonly maskBytes: number;
  /** Of picture and mask, px; absent where it is the photo's own. */
  readonly size?: Size;
  /** The whole template's mask as COCO's compressed run lengths, in the picture's size. */
  readonly maskRle: string;
  readonly components: readonly ComponentResult[];
}

export interface FailedVariant extends VariantOf {
  readonly status: 'failed';
  readonly problem: VariantProblem;
}

/** One source image × one template after its edits. */
export type Variant = DoneVariant | FailedVariant;

/** The size of a variant's picture and mask, px. */
export function sizeOf({ size }: Pick<DoneVariant, 'size'>, photo: Size): Size {
  return size ?? { width: photo.width, height: photo.height };
}
