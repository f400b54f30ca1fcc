import { type Accessor, createSignal } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Photo } from '../core/dataset/photo.ts';
import type { VariantProblem } from '../core/dataset/variant.ts';
import { fail, ok, type Result } from '../core/flow/result.ts';
import type { Size } from '../core/geometry/spaces.ts';
import type { Mask } from '../core/mask/mask.ts';
import type { CandidateIndex, ImagePrompts } from '../core/segmentation/prompts.ts';
import type { ModelProgress } from '../remote/model-problem.ts';
import { getFile } from '../storage/photos.ts';
import type { AnswerId, Segmentation, SegmentRequest } from '../workers/decoder/contract.ts';
import { createEncodeQueue } from './encode-queue.ts';
import { type Started, type StartProblem, startEngine } from './engine-start.ts';
import { asVariantProblem } from './engine-text.ts';
import type { Services } from './services.ts';

export type EngineState =
  | { readonly kind: 'starting'; readonly loaded: number; readonly total: number }
  | ({ readonly kind: 'ready' } & Started)
  | { readonly kind: 'failed'; readonly problem: StartProblem };

type Encoded = Result<null, VariantProblem>;

export type SegmentOutcome =
  | Segmentation
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly problem: VariantProblem };

/** Segment Anything as the Workshop uses it: photos and prompts in, answers out. */
export interface Segmenter {
  readonly state: Accessor<EngineState>;
  /** Loads model and engine. Also the way back after a failure. */
  start(): Promise<void>;
  /** Whether a click on this photo would be answered at once. Reactive. */
  readonly isEncoded: (photo: string) => boolean;
  /** Photos still to be encoded. Reactive. */
  readonly waiting: Accessor<number>;
  /** Encodes photos ahead of need, in this order. */
  encodeAhead(photos: readonly Photo[]): void;
  forget(photos: readonly string[]): void;
  segment(
    photo: Photo,
    prompts: ImagePrompts,
    kind: SegmentRequest['kind'],
  ): Promise<SegmentOutcome>;
  /** The mask of an answer in the photo's own pixels; null when the answer is too old. */
  maskAt(answer: AnswerId, candidate: CandidateIndex, size: Size): Promise<Mask | null>;
  /** The same at the size it is shown. */
  viewMask(answer: AnswerId, candidate: CandidateIndex, size: Size): Promise<Mask | null>;
}

const MODEL_SIDE = 1024;

export function createSegmenter(services: Services): Segmenter {
  const { pixels, database, engine } = services;
  let encoder = services.createEncoder();
  let decoder = services.createDecoder();
  const [state, setState] = createSignal<EngineState>({ kind: 'starting', loaded: 0, total: 0 });
  const [encoded, setEncoded] = createStore<Record<string, boolean>>({});
  const [waiting, setWaiting] = createSignal(0);
  let started: Promise<void> | null = null;
  let isStale = false;

  const queue = createEncodeQueue<Encoded>(
    encode,
    fail({ kind: 'engine', what: 'the photo was removed' }),
    () => setWaiting(queue.size()),
  );

  async function start(): Promise<void> {
    started ??= load();
    return started;
  }

  async function load(): Promise<void> {
    const files = new Map<string, ModelProgress>();
    const onProgress = (progress: ModelProgress) => {
      files.set(progress.file, progress);
      const all = [...files.values()];
      if (state().kind !== 'starting') return;
      setState({
        kind: 'starting',
        loaded: all.reduce((sum, file) => sum + file.loaded, 0),
        total: engine.encoder.bytes + engine.decoder.bytes + engine.wasm.bytes,
      });
    };
    setState({ kind: 'starting', loaded: 0, total: 0 });
    if (isStale) replaceWorkers();
    const { goldenRuns } = services;
    const begun = await startEngine(encoder, decoder, engine, goldenRuns, database, onProgress);
    if (begun.ok) setState({ kind: 'ready', ...begun.value });
    else giveUp(begun.problem);
  }

  function giveUp(problem: StartProblem): void {
    setState({ kind: 'failed', problem });
    started = null;
    isStale = true;
  }

  /** A lost worker never answers again; a failed session may hold memory. Both start anew. */
  function replaceWorkers(): void {
    encoder.dispose();
    decoder.dispose();
    encoder = services.createEncoder();
    decoder = services.createDecoder();
    setEncoded(reconcile({}));
    isStale = false;
  }

  async function encode(photo: string): Promise<Encoded> {
    // Only “Try again” fetches a file anew that could not be had, not every photo that waits.
    const before = state();
    if (before.kind === 'failed' && before.problem.kind.startsWith('model-')) {
      return fail(asVariantProblem(before.problem));
    }
    await start();
    const engineState = state();
    if (engineState.kind === 'failed') return fail(asVariantProblem(engineState.problem));
    if ((await decoder.status(photo)) !== 'missing') {
      setEncoded(photo, true);
      return ok(null);
    }
    const file = await getFile(database, photo);
    if (!file.ok || !file.value) return fail({ kind: 'unreadable-file' });
    const input = await pixels.modelInput({ hash: photo, blob: file.value }, MODEL_SIDE);
    if (!input.ok) {
      const { problem } = input;
      return fail(problem.kind === 'overtaken' ? { kind: 'worker-crashed' } : problem);
    }
    const reply = await encoder.encode({ photo, input: input.value });
    if (reply.kind === 'encoded') {
      setEncoded(photo, true);
      return ok(null);
    }
    if (reply.kind === 'cancelled') return fail({ kind: 'engine', what: 'encoding was cancelled' });
    if (reply.problem.kind === 'worker-lost') giveUp(reply.problem);
    return fail(asVariantProblem(reply.problem));
  }

  return {
    state,
    start,
    isEncoded: (photo) => encoded[photo] === true,
    waiting,

    encodeAhead(photos) {
      for (const photo of photos) if (!encoded[photo.hash]) void queue.request(photo.hash, false);
    },

    forget(photos) {
      queue.drop(photos);
    },

    async segment(photo, prompts, kind) {
      const size = { width: photo.width, height: photo.height };
      // Twice: an embedding may have left the worker's memory between encoding and asking.
      for (let attempt = 0; attempt < 2; attempt++) {
        const ready = encoded[photo.hash]
          ? ok(null)
          : await queue.request(photo.hash, kind !== 'run');
        if (!ready.ok) return { kind: 'failed', problem: ready.problem };
        const reply = await decoder.segment({ photo: photo.hash, size, prompts, kind });
        switch (reply.kind) {
          case 'segmented':
          case 'overtaken':
            return reply;
          case 'no-prompts':
            return { kind: 'failed', problem: { kind: 'no-prompts' } };
          case 'failed':
            if (reply.problem.kind === 'worker-lost') giveUp(reply.problem);
            return { kind: 'failed', problem: asVariantProblem(reply.problem) };
          case 'missing':
            setEncoded(photo.hash, false);
        }
      }
      return { kind: 'failed', problem: { kind: 'out-of-memory' } };
    },

    async maskAt(answer, candidate, size) {
      const mask = await decoder.maskAt(answer, candidate, size);
      return mask.ok ? mask.value : null;
    },

    async viewMask(answer, candidate, size) {
      const mask = await decoder.viewMask(answer, candidate, size);
      return mask.ok ? mask.value : null;
    },
  };
}
