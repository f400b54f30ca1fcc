import { type Accessor, createSignal } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Photo } from '../core/dataset/photo.ts';
import type { VariantProblem } from '../core/dataset/variant.ts';
import { fail, ok, type Result } from '../core/flow/result.ts';
import type { Size } from '../core/geometry/spaces.ts';
import type { Mask } from '../core/mask/mask.ts';
import type { CandidateIndex, ImagePrompts } from '../core/segmentation/prompts.ts';
import type { Tier } from '../core/segmentation/tiers.ts';
import type { ModelProgress } from '../remote/model-problem.ts';
import type { AnswerId, Segmentation, SegmentRequest } from '../workers/decoder/contract.ts';
import { encodePhoto } from './encode-photo.ts';
import { createEncodeQueue } from './encode-queue.ts';
import { manyPlan } from './encoder-plan.ts';
import type { Encoders } from './encoders.ts';
import { type Started, type StartProblem, startEngine } from './engine-start.ts';
import { asVariantProblem } from './engine-text.ts';
import type { Quality } from './quality.ts';
import type { Services } from './services.ts';

export type EngineState =
  | { readonly kind: 'starting'; readonly loaded: number; readonly total: number }
  | ({ readonly kind: 'ready' } & Started)
  | { readonly kind: 'failed'; readonly problem: StartProblem };

type Encoded = Result<null, VariantProblem>;

/** A photo in the quality in which it is to be encoded. */
interface ToEncode {
  readonly photo: Photo;
  readonly tier: Tier;
}

/** An answer; `better` comes when it was given in a hurry and the chosen quality will correct it. */
export type Segmented = Segmentation & { readonly better?: Promise<SegmentOutcome> };

export type SegmentOutcome =
  | Segmented
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly problem: VariantProblem };

/** Segment Anything as the Workshop uses it: photos and prompts in, answers out. */
export interface Segmenter {
  /** In which quality photos are encoded. Reactive. */
  readonly tier: Accessor<Tier>;
  readonly state: Accessor<EngineState>;
  /** Loads model and engine. Also the way back after a failure. */
  start(): Promise<void>;
  /** Whether a click on this photo would be answered at once, in the chosen quality. Reactive. */
  readonly isEncoded: (photo: string) => boolean;
  /** Photos still to be encoded. Reactive. */
  readonly waiting: Accessor<number>;
  /** Seconds of encoding a photo, by tier, as last measured; several at once count as one. */
  readonly speeds: Accessor<Readonly<Partial<Record<Tier, number>>>>;
  /** The user opens this photo: it is encoded next and made ready, so that a click need not wait. */
  lookAt(photo: Photo): Promise<void>;
  /** Encodes photos ahead of need, in this order. */
  encodeAhead(photos: readonly Photo[]): void;
  forget(photos: readonly string[]): void;
  /**
   * A click or hover on a photo that is not encoded yet is answered in the quick tier first; its
   * outcome then has a `better` one to come. A run waits for the chosen tier.
   */
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

/** Opened once, for everybody who waits. */
function createLatch() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const keyOf = ({ photo, tier }: ToEncode) => `${tier} ${photo.hash}`;

export function createSegmenter(services: Services, { tier }: Quality): Segmenter {
  const { engine } = services;
  let decoder = services.createDecoder();
  let encoders: Encoders | undefined;
  const [state, setState] = createSignal<EngineState>({ kind: 'starting', loaded: 0, total: 0 });
  const [encoded, setEncoded] = createStore<Record<string, boolean>>({});
  const [waiting, setWaiting] = createSignal(0);
  const [speeds, setSpeeds] = createSignal<Readonly<Partial<Record<Tier, number>>>>({});
  let started: Promise<void> | null = null;
  /** Open when photos that are encoded can be clicked, or when the engine did not start. */
  let answers = createLatch();
  let lookedAt = '';
  let isStale = false;

  const queue = createEncodeQueue<ToEncode, Encoded>({
    keyOf,
    work: encode,
    dropped: fail({ kind: 'engine', what: 'the photo is not needed any more' }),
    onChange() {
      setWaiting(queue.size());
      encoders?.expect(queue.size());
    },
    lanes: () => (encoders?.sessions() ?? 1) + 1,
  });

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
    const machine = {
      cores: navigator.hardwareConcurrency,
      isIsolated: crossOriginIsolated,
      bytes: services.budget.bytes,
    };
    const begin = () =>
      startEngine({
        ...services,
        source: engine,
        decoder,
        machine,
        onProgress,
        onDecoder: () => answers.open(),
        onVerdict(areManyBetter) {
          const current = state();
          const many = areManyBetter ? manyPlan(machine) : null;
          if (current.kind === 'ready') setState({ ...current, many });
        },
        onChange() {
          void decoder.shareCores((encoders?.sessions() ?? 1) > 1);
          queue.pump();
        },
      });
    let begun = await begin();
    if (!begun.ok && begun.problem.kind === 'worker-lost') {
      // Once more before anybody is told: new workers start where these fell silent or died.
      renewWorkers();
      begun = await begin();
    }
    if (begun.ok) {
      encoders = begun.value.encoders;
      setState({ kind: 'ready', ...begun.value.started });
      queue.pump();
    } else giveUp(begun.problem);
    answers.open();
  }

  function giveUp(problem: StartProblem): void {
    setState({ kind: 'failed', problem });
    started = null;
    isStale = true;
  }

  /** A lost worker never answers again; a failed session may hold memory. Both start anew. */
  function replaceWorkers(): void {
    renewWorkers();
    answers = createLatch();
    isStale = false;
  }

  function renewWorkers(): void {
    encoders?.dispose();
    encoders = undefined;
    decoder.dispose();
    decoder = services.createDecoder();
    setEncoded(reconcile({}));
  }

  /** Whether its embedding is in the decoding worker or on the device. */
  async function isKept(item: ToEncode): Promise<boolean> {
    if (encoded[keyOf(item)]) return true;
    const status = await decoder.status(item.photo.hash, item.tier);
    if (status !== 'missing') setEncoded(keyOf(item), true);
    return status !== 'missing';
  }

  async function encode(item: ToEncode, isUrgent: () => boolean): Promise<Encoded> {
    // Only “Try again” fetches a file anew that could not be had, not every photo that waits.
    const before = state();
    if (before.kind === 'failed' && before.problem.kind.startsWith('model-')) {
      return fail(asVariantProblem(before.problem));
    }
    await start();
    const engineState = state();
    if (engineState.kind === 'failed') return fail(asVariantProblem(engineState.problem));
    if (await isKept(item)) return ok(null);
    // Twice: a worker that the browser ends takes the encode with it, and is replaced.
    for (let attempt = 0; attempt < 2 && encoders; attempt++) {
      const done = await encodePhoto(services, encoders, item, isUrgent);
      if (done.kind === 'failed') return fail(done.problem);
      if (done.kind === 'worker-lost') continue;
      setEncoded(keyOf(item), true);
      const seconds = done.encodeMs / 1000 / encoders.sessions();
      setSpeeds((all) => ({ ...all, [item.tier]: seconds }));
      return ok(null);
    }
    giveUp({ kind: 'worker-lost' });
    return fail(asVariantProblem({ kind: 'worker-lost' }));
  }

  async function ask(
    { photo, tier }: ToEncode,
    prompts: ImagePrompts,
    kind: SegmentRequest['kind'],
    isUrgent = kind !== 'run',
  ): Promise<SegmentOutcome> {
    const item = { photo, tier };
    const size = { width: photo.width, height: photo.height };
    // Twice: an embedding may have left the worker's memory between encoding and asking.
    for (let attempt = 0; attempt < 2; attempt++) {
      const ready = encoded[keyOf(item)] ? ok(null) : await queue.request(item, isUrgent);
      if (!ready.ok) return { kind: 'failed', problem: ready.problem };
      const reply = await decoder.segment({ photo: photo.hash, size, tier, prompts, kind });
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
          setEncoded(keyOf(item), false);
      }
    }
    return { kind: 'failed', problem: { kind: 'out-of-memory' } };
  }

  return {
    tier,
    state,
    start,
    isEncoded: (photo) => encoded[`${tier()} ${photo}`] === true,
    waiting,
    speeds,

    async lookAt(photo) {
      const item = { photo, tier: tier() };
      lookedAt = photo.hash;
      await answers.opened;
      if (!(await isKept(item))) await queue.request(item, true);
      if (lookedAt === photo.hash) await decoder.warm(photo.hash, item.tier);
    },

    encodeAhead(photos) {
      const wanted = tier();
      queue.drop((item) => item.tier !== wanted);
      for (const photo of photos) {
        const item = { photo, tier: wanted };
        if (!encoded[keyOf(item)]) void queue.request(item, false);
      }
    },

    forget(photos) {
      const gone = new Set(photos);
      queue.drop(({ photo }) => gone.has(photo.hash));
    },

    async segment(photo, prompts, kind) {
      const item = { photo, tier: tier() };
      await answers.opened;
      if (kind === 'run' || item.tier === 'quick' || (await isKept(item))) {
        return ask(item, prompts, kind);
      }
      // Behind this encode a quick one would only come later.
      if (encoders?.isAt(photo.hash, item.tier)) return ask(item, prompts, kind);
      const quick = await ask({ photo, tier: 'quick' }, prompts, kind);
      if (quick.kind !== 'segmented') return quick;
      // Encoded at once, but decoded after any newer click, which it must not overtake.
      return { ...quick, better: ask(item, prompts, 'run', true) };
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
