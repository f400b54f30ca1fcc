import type { PlannedFile } from '../../core/export/planned-file.ts';
import type { Result } from '../../core/flow/result.ts';
import type { StorageProblem } from '../../storage/problem.ts';

export type ArchiveProblem =
  | StorageProblem
  /** A result that the plan names is no longer on this device. */
  | { readonly kind: 'output-missing'; readonly path: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'worker-crashed' };

export interface ArchiveProgress {
  readonly files: number;
  readonly totalFiles: number;
  /** Written so far. */
  readonly bytes: number;
}

/** Every message to the archive worker. */
export interface ArchiveApi {
  /**
   * Writes the planned files into a ZIP, one after the other. Where the browser has an origin
   * private file system the archive grows on disk, so memory does not grow with the dataset.
   */
  build(
    files: readonly PlannedFile[],
    onProgress: (progress: ArchiveProgress) => void,
  ): Promise<Result<Blob, ArchiveProblem>>;
  cancel(): Promise<void>;
}
