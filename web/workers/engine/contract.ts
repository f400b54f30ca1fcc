import type { ModelProblem } from '../../remote/model-problem.ts';
import type { PinnedFile } from '../../remote/models.ts';

/** Everything a worker needs to start its session. Made by web/workers/engine/source.ts. */
export interface EngineSource {
  /** The model's id in the manifest. */
  readonly id: string;
  readonly encoder: PinnedFile;
  readonly decoder: PinnedFile;
  /** The engine's WebAssembly; its bytes are checked like the model's. */
  readonly wasm: PinnedFile;
  /** Address of the engine's JavaScript, which also starts its threads. */
  readonly script: string;
  /** Threads of the session, where there are as many cores; all cores when absent. */
  readonly threads?: number;
}

/** What runs the model, and why it is not faster. */
export interface EngineReport {
  readonly backend: 'wasm';
  readonly threads: number;
  /**
   * `not-isolated`: the page lacks COOP/COEP, so there is no shared memory and one thread.
   * `shared`: other sessions use the other cores.
   */
  readonly reason: 'all-cores' | 'capped' | 'shared' | 'single-core' | 'not-isolated';
  /** Milliseconds from the call of `prepare` until the session could run. */
  readonly startMs: number;
  /** Version of onnxruntime-web. */
  readonly engine: string;
}

export type EngineProblem =
  | ModelProblem
  /** `prepare` has not been called, or did not succeed. */
  | { readonly kind: 'not-prepared' }
  | { readonly kind: 'out-of-memory' }
  /** The session could not be created or a run threw. `what` is the engine's own text. */
  | { readonly kind: 'engine-failed'; readonly what: string }
  /** The worker's script did not load or died. Dispose the client and make another. */
  | { readonly kind: 'worker-lost' };
