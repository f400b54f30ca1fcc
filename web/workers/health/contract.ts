import type { HealthReport } from '../../core/dataset/health.ts';
import type { SplitRatios } from '../../core/export/annotations/splits.ts';
import type { Progress } from '../../core/flow/progress.ts';
import type { Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Placement } from '../../core/transfer/placement.ts';
import type { StorageProblem } from '../../storage/problem.ts';

/** What to check. Everything large (masks, embeddings) the worker reads by itself. */
export interface CheckRequest {
  /** In the dataset's order. */
  readonly photos: readonly (Size & { readonly hash: string })[];
  readonly templates: readonly CheckedTemplate[];
  /** Every planned variant, made or not: key, and indices into the two lists above. */
  readonly planned: readonly (readonly [key: string, photo: number, template: number])[];
  readonly splits: SplitRatios;
  readonly seed: number;
}

export interface CheckedTemplate {
  readonly id: string;
  readonly className: string;
  readonly placement: Placement;
}

/** What is being done: looking at results, at photos, or comparing photos with each other. */
export type CheckStage = 'variants' | 'photos' | 'pairs';

export interface CheckProgress extends Progress {
  readonly stage: CheckStage;
}

export type CheckProblem =
  | StorageProblem
  /** `cancel` was called, or a newer check began. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'worker-crashed' };

/** Every message to the health worker. It only reads the dataset; it keeps photo descriptors. */
export interface HealthApi {
  check(
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
  ): Promise<Result<HealthReport, CheckProblem>>;
  cancel(): Promise<void>;
}
