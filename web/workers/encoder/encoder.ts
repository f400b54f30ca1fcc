import { type Remote, transfer, wrap } from 'comlink';
import { createJobQueue } from '../../core/flow/queue.ts';
import { embedPhoto } from '../../core/segmentation/embed.ts';
import { frameOf } from '../../core/segmentation/model-space.ts';
import type { EncoderSession } from '../../core/segmentation/sessions.ts';
import { embeddingModel } from '../../core/segmentation/tiers.ts';
import type { EmbeddingSink } from '../decoder/embedding-sink.ts';
import { createPreparation } from '../engine/preparation.ts';
import { problemOf } from '../engine/problem-of.ts';
import type { OpenSession } from '../engine/start.ts';
import type { EncodeReply, EncodeRequest, EncoderApi } from './contract.ts';

export interface EncoderOptions {
  readonly open: OpenSession<EncoderSession>;
  /** Milliseconds, for the report only. */
  readonly now: () => number;
}

/** The encoding worker's logic: pixels in, embedding on its way to the decoding worker. */
export function createEncoder({ open, now }: EncoderOptions): EncoderApi {
  const preparation = createPreparation(open);
  const queue = createJobQueue();
  const underWay = new Map<string, Promise<EncodeReply>>();
  let connect: (sink: Remote<EmbeddingSink>) => void;
  const connected = new Promise<{ sink: Remote<EmbeddingSink> }>((resolve) => {
    // In an object, because a Comlink proxy looks like a promise to `resolve`.
    connect = (sink) => resolve({ sink });
  });

  /** Waits for the session in its turn, so that waiting photos can be reordered meanwhile. */
  async function embed({ photo, size, tier, input }: EncodeRequest): Promise<EncodeReply> {
    const prepared = await preparation.session();
    if (!prepared.ok) return { kind: 'failed', photo, problem: prepared.problem };
    const { session, source } = prepared.value;
    const begun = now();
    const embedding = await embedPhoto(session, input, frameOf(size, tier));
    const encodeMs = now() - begun;
    const { sink } = await connected;
    const key = { image: photo, model: embeddingModel(source.encoder.sha256, tier) };
    await sink.accept(key, transfer(embedding, [embedding.buffer]));
    return { kind: 'encoded', photo, encodeMs };
  }

  async function encode(request: EncodeRequest): Promise<EncodeReply> {
    const { photo } = request;
    try {
      const turn = await queue.add(() => embed(request), { key: photo });
      return turn.kind === 'done' ? turn.value : { kind: 'cancelled', photo };
    } catch (error) {
      return { kind: 'failed', photo, problem: problemOf(error) };
    }
  }

  return {
    prepare: preparation.prepare,
    async connect(port) {
      connect(wrap<EmbeddingSink>(port));
    },
    encode(request) {
      const name = `${request.photo} ${request.tier}`;
      const already = underWay.get(name);
      if (already) return already;
      const reply = encode(request).finally(() => underWay.delete(name));
      underWay.set(name, reply);
      return reply;
    },
    async promote(photo) {
      queue.promote(photo);
    },
    async cancel(photo) {
      queue.cancel(photo);
    },
  };
}
