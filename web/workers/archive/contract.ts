import type { PlannedFile } from '../../core/export/planned-file.ts';
import type { Result } from '../../core/flow/result.ts';
import type { ProjectSummary } from '../../core/project/manifest.ts';
import type { StorageProblem } from '../../storage/problem.ts';

export type ArchiveProblem =
  | StorageProblem
  /** A result that the plan names is no longer on this device. */
  | { readonly kind: 'output-missing'; readonly path: string }
  /** The place that the user chose cannot be written to (any more). */
  | { readonly kind: 'not-writable'; readonly what: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'worker-crashed' };

/** Why a project file was not taken in. Nothing of the project that was there is lost. */
export type ProjectProblem =
  | StorageProblem
  /** The words end a sentence that begins with “This project file cannot be used:”. */
  | { readonly kind: 'bad-file'; readonly what: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'worker-crashed' };

export interface ArchiveProgress {
  readonly files: number;
  readonly totalFiles: number;
  /** Written so far. */
  readonly bytes: number;
}

/** What is told about the project that its database does not know. */
export interface ProjectFacts {
  readonly appVersion: string;
  readonly withResults: boolean;
}

export type ImportMode = 'merge' | 'replace';

/** Every message to the archive worker. */
export interface ArchiveApi {
  /**
   * Writes the planned files into a ZIP, one after the other: into `target`, or into a blob that
   * refers to the results in the database, so that memory does not grow with the dataset.
   *
   * @param target a file that the user chose; it is complete or as it was before
   */
  build(
    files: readonly PlannedFile[],
    onProgress: (progress: ArchiveProgress) => void,
    target?: FileSystemFileHandle,
  ): Promise<Result<Blob, ArchiveProblem>>;
  /** Writes everything of the project into one file. */
  buildProject(
    facts: ProjectFacts,
    onProgress: (progress: ArchiveProgress) => void,
  ): Promise<Result<Blob, ArchiveProblem>>;
  /** What a project file holds; nothing is kept. */
  inspectProject(file: Blob): Promise<Result<ProjectSummary, ProjectProblem>>;
  /** Checks every hash of a project file, then takes it in: all of it or nothing. */
  importProject(
    file: Blob,
    mode: ImportMode,
    onProgress: (progress: ArchiveProgress) => void,
  ): Promise<Result<ProjectSummary, ProjectProblem>>;
  cancel(): Promise<void>;
}
