import { expose, transfer } from 'comlink';
import { createLru } from '../../core/flow/lru.ts';
import { createJobQueue } from '../../core/flow/queue.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import type { Mask } from '../../core/mask/mask.ts';
import { chooseByLook } from '../../core/segmentation/choose.ts';
import type { EmbeddingKey, EmbeddingStore } from '../../core/segmentation/embedding.ts';
import { candidateLogits } from '../../core/segmentation/features.ts';
import { maskFromLogits } from '../../core/segmentation/logits.ts';
import { frameOf, type ModelFrame } from '../../core/segmentation/model-space.ts';
import type { CandidateIndex } from '../../core/segmentation/prompts.ts';
import { replay, type Step } from '../../core/segmentation/replay.ts';
import type { DecoderSession } from '../../core/segmentation/sessions.ts';
import { embeddingModel, type Tier } from '../../core/segmentation/tiers.ts';
import type { EngineSource } from '../engine/contract.ts';
import { createPreparation } from '../engine/preparation.ts';
import { problemOf } from '../engine/problem-of.ts';
import type { OpenSession } from '../engine/start.ts';
import type {
  AnswerExpired,
  AnswerId,
  DecoderApi,
  SegmentReply,
  SegmentRequest,
} from './contract.ts';
import type { EmbeddingSink } from './embedding-sink.ts';
import { createEmbeddings } from './embeddings.ts';
import { createJobDecoding } from './job-decoding.ts';
import type { SingleThread } from './single-thread.ts';
import { createUrgency, RANK } from './urgency.ts';

export interface DecoderOptions {
  readonly open: OpenSession<DecoderSession>;
  /** Opens a session for jobs that takes one core; jobs never have their own when absent. */
  readonly openSingleThread?: (source: EngineSource) => Promise<SingleThread | null>;
  readonly store: EmbeddingStore;
  /** Bytes of embeddings held in memory; about a hundred photos when absent. */
  readonly embeddingBytes?: number;
  /** Answers held, 1 MiB each; 48 when absent. */
  readonly answers?: number;
}

/** The decoding worker's logic: embeddings and prompts in, candidates and masks out. */
export function createDecoder(options: DecoderOptions): DecoderApi {
  const preparation = createPreparation(options.open);
  const embeddings = createEmbeddings(options.store, options.embeddingBytes ?? 200_000_000);
  const queue = createJobQueue();
  const jobs = createJobDecoding(options.openSingleThread ?? (async () => null));
  const urgency = createUrgency();
  const steps = createLru<Step>(options.answers ?? 48);
  const answers = createLru<{ readonly key: string; readonly frame: ModelFrame }>(1000);
  let answerCount = 0;

  async function segment(request: SegmentRequest): Promise<SegmentReply> {
    const { photo, size, tier, prompts, kind } = request;
    const isWanted = urgency.admit(kind);
    // Read while the session may still be opening.
    const key = keyOf(photo, tier);
    const reading = key ? embeddings.load(key) : null;
    const prepared = await preparation.session();
    if (!prepared.ok) return { kind: 'failed', problem: prepared.problem };
    const { session } = prepared.value;
    const embedding = await reading;
    if (!key || !embedding) return { kind: 'missing', photo };
    const frame = frameOf(size, tier);
    const embedded = `${photo} ${key.model}`;

    const outcome = await replay({
      frame,
      prompts,
      embedding,
      choose: chooseByLook,
      memory: {
        get: (key) => steps.get(`${embedded} ${key}`),
        set: (key, step) => steps.set(`${embedded} ${key}`, step),
      },
      async decode(inputs) {
        const done = kind === 'run' ? await jobs.run(embedding, inputs) : null;
        if (done) return done;
        const turn = await queue.add(
          async () => (isWanted() ? session.run(embedding, inputs) : null),
          { rank: RANK[kind] },
        );
        return turn.kind === 'done' ? turn.value : null;
      },
    });
    if (outcome.kind !== 'done') return outcome;
    const answer = ++answerCount;
    answers.set(String(answer), { key: `${embedded} ${outcome.key}`, frame });
    const { candidates } = outcome.step;
    return { kind: 'segmented', answer, candidates, chosen: outcome.chosen };
  }

  /** Null until it is known which model counts. */
  function keyOf(photo: string, tier: Tier): EmbeddingKey | null {
    const source = preparation.source();
    return source ? { image: photo, model: embeddingModel(source.encoder.sha256, tier) } : null;
  }

  async function maskAt(
    answer: AnswerId,
    candidate: CandidateIndex,
    target: Size,
  ): Promise<Result<Mask, AnswerExpired>> {
    const known = answers.get(String(answer));
    const step = known && steps.get(known.key);
    if (!step) return fail({ kind: 'answer-expired' });
    const mask = maskFromLogits(candidateLogits(step.masks, candidate), known.frame, target);
    return transfer(ok(mask), [mask.data.buffer]);
  }

  const sink: EmbeddingSink = {
    async accept(key, halves) {
      embeddings.accept(key, halves);
    },
  };

  return {
    prepare: preparation.prepare,
    async connect(port) {
      expose(sink, port);
    },
    async shareCores(isBusy) {
      const prepared = await preparation.session();
      if (!prepared.ok || prepared.value.report.threads === 1) return;
      await jobs.shareCores(prepared.value.source, isBusy);
    },
    async status(photo, tier) {
      const key = keyOf(photo, tier);
      return key ? embeddings.status(key) : 'missing';
    },
    async warm(photo, tier) {
      const key = keyOf(photo, tier);
      if (key) await embeddings.load(key);
    },
    segment: (request) =>
      segment(request).catch((error) => ({ kind: 'failed', problem: problemOf(error) })),
    maskAt,
    viewMask: maskAt,
  };
}
