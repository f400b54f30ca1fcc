import type { Result } from '../../core/flow/result.ts';
import type { ImportedAnnotations } from '../../core/import/collect.ts';
import type { KnownPhoto } from '../../core/import/photo-finder.ts';

/** A file that holds annotations, or may. */
export interface AnnotationFile {
  /** With its folders and the archive it came from, joined by `/`. */
  readonly path: string;
  readonly blob: Blob;
}

export interface ReadProgress {
  readonly files: number;
  readonly totalFiles: number;
}

export type ReadProblem = { readonly kind: 'cancelled' } | { readonly kind: 'worker-crashed' };

/** Every message to the annotations worker. */
export interface AnnotationsApi {
  /** Reads annotation files, one after the other; what is wrong with one is in the answer. */
  read(
    files: readonly AnnotationFile[],
    photos: readonly KnownPhoto[],
    onProgress: (progress: ReadProgress) => void,
  ): Promise<Result<ImportedAnnotations, ReadProblem>>;
  cancel(): Promise<void>;
}
