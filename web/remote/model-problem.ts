/** Why a model or engine file could not be had. Every kind names the file. */
export type ModelProblem =
  /** Downloaded twice, past all caches, and both times not the bytes the manifest names. */
  | {
      readonly kind: 'model-damaged';
      readonly file: string;
      /** SHA-256, lower-case hex. */
      readonly expected: string;
      readonly found: string;
    }
  /** Not on this device and not reachable. `status` is 0 when there was no answer at all. */
  | { readonly kind: 'model-unavailable'; readonly file: string; readonly status: number };

/** Download progress of one file. `loaded === total` when it is complete and verified. */
export interface ModelProgress {
  readonly file: string;
  /** Bytes. */
  readonly loaded: number;
  /** Bytes, from the manifest. */
  readonly total: number;
  readonly from: 'device' | 'network';
}
