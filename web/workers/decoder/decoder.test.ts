import { expect, test } from 'vitest';
import { ok } from '../../core/flow/result.ts';
import {
  EMBEDDING_LENGTH,
  type EmbeddingKey,
  type EmbeddingStore,
} from '../../core/segmentation/embedding.ts';
import { LOW_RES_SIDE } from '../../core/segmentation/model-space.ts';
import type { DecoderSession } from '../../core/segmentation/sessions.ts';
import { embeddingModel } from '../../core/segmentation/tiers.ts';
import { engineReport, engineSource, loads } from '../engine/testing.ts';
import type { SegmentRequest } from './contract.ts';
import { createDecoder, type DecoderOptions } from './decoder.ts';

const SIZE = { width: 512, height: 256 };
const AREA = LOW_RES_SIDE ** 2;

/** A decoder whose every mask is the part of the photo left of the last point. */
const leftOfPoint: DecoderSession = {
  async run(_embedding, { coords, labels }) {
    const edge = coords[2 * (labels.length - 2)] / 4;
    const masks = Float32Array.from({ length: 4 * AREA }, (_, i) =>
      i % LOW_RES_SIDE < edge ? 5 : -5,
    );
    return { masks, iou: Float32Array.of(0.9, 0.9, 0.9, 0.9) };
  },
};

/** Keeps embeddings in a map, like the device would. */
function mapStore(): EmbeddingStore & { readonly kept: Map<string, Uint16Array<ArrayBuffer>> } {
  const kept = new Map<string, Uint16Array<ArrayBuffer>>();
  const name = ({ image, model }: EmbeddingKey) => `${image} ${model}`;
  return {
    kept,
    has: async (key) => kept.has(name(key)),
    get: async (key) => kept.get(name(key)) ?? null,
    put: async (key, data) => void kept.set(name(key), data),
  };
}

async function prepared(options: Partial<DecoderOptions> = {}, session = leftOfPoint) {
  const store = mapStore();
  store.kept.set(
    `photo ${embeddingModel(engineSource.encoder.sha256, 'best')}`,
    new Uint16Array(EMBEDDING_LENGTH),
  );
  const decoder = createDecoder({
    store,
    open: loads(session),
    ...options,
  });
  await decoder.prepare(engineSource, () => {});
  return decoder;
}

function click(x: number, rest: Partial<SegmentRequest> = {}): SegmentRequest {
  const prompts = { points: [{ x, y: 100, include: true }], box: null };
  return { photo: 'photo', size: SIZE, tier: 'best', prompts, kind: 'click', ...rest };
}

test('answers a click with four candidates and masks of any size', async () => {
  const decoder = await prepared();
  const reply = await decoder.segment(click(256));
  if (reply.kind !== 'segmented') throw new Error(reply.kind);
  expect(reply.candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(reply.candidates[reply.chosen].areaShare).toBeCloseTo(0.5, 2);
  for (const size of [SIZE, { width: 100, height: 50 }]) {
    const mask = await decoder.maskAt(reply.answer, reply.chosen, size);
    if (!mask.ok) throw new Error(mask.problem.kind);
    expect([mask.value.width, mask.value.height]).toEqual([size.width, size.height]);
    const area = mask.value.data.reduce((sum, value) => sum + value, 0);
    expect(area / mask.value.data.length).toBeCloseTo(0.5, 2);
  }
});

test('tells what is missing', async () => {
  const early = createDecoder({ store: mapStore(), open: loads(leftOfPoint) });
  expect(await early.segment(click(1))).toEqual({
    kind: 'failed',
    problem: { kind: 'not-prepared' },
  });
  const decoder = await prepared();
  expect(await decoder.segment(click(1, { photo: 'other' }))).toEqual({
    kind: 'missing',
    photo: 'other',
  });
  const nothing = { points: [], box: null };
  expect(await decoder.segment(click(1, { prompts: nothing }))).toEqual({ kind: 'no-prompts' });
  expect(await decoder.maskAt(99, 0, SIZE)).toEqual({
    ok: false,
    problem: { kind: 'answer-expired' },
  });
});

test('knows where an embedding is', async () => {
  const decoder = await prepared();
  expect(await decoder.status('photo', 'best')).toBe('stored');
  await decoder.segment(click(10));
  expect(await decoder.status('photo', 'best')).toBe('ready');
  expect(await decoder.status('other', 'best')).toBe('missing');
});

/** A session that waits at every run until it is let go. */
function slowSession() {
  const held: (() => void)[] = [];
  const edges: number[] = [];
  const session: DecoderSession = {
    async run(embedding, inputs) {
      edges.push(inputs.coords[0]);
      await new Promise<void>((resolve) => held.push(resolve));
      return leftOfPoint.run(embedding, inputs);
    },
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const release = async () => {
    await settle();
    while (held.length > 0) {
      held.shift()?.();
      await settle();
    }
  };
  return { session, edges, release, settle };
}

test('a photo that is looked at is read from the device before it is clicked', async () => {
  const kept = mapStore();
  const model = embeddingModel(engineSource.encoder.sha256, 'best');
  kept.kept.set(`photo ${model}`, new Uint16Array(EMBEDDING_LENGTH));
  let reads = 0;
  const store: EmbeddingStore = {
    ...kept,
    get(key) {
      reads++;
      return kept.get(key);
    },
  };
  const decoder = await prepared({ store });
  await decoder.warm('photo', 'best');
  expect(reads).toBe(1);
  expect((await decoder.segment(click(256))).kind).toBe('segmented');
  expect(reads).toBe(1);
});

test('the newest click wins, the overtaken one is never decoded', async () => {
  const { session, edges, release, settle } = slowSession();
  const decoder = await prepared({}, session);
  const first = decoder.segment(click(10));
  await settle();
  const second = decoder.segment(click(20));
  await settle();
  const third = decoder.segment(click(30));
  await release();
  // The first was being decoded when the others came: its answer exists and is given.
  expect((await first).kind).toBe('segmented');
  expect((await second).kind).toBe('overtaken');
  expect((await third).kind).toBe('segmented');
  expect(edges).toEqual([20, 60]);
});

test('a run waits for clicks but is never overtaken; a hover gives way to a click', async () => {
  const { session, edges, release, settle } = slowSession();
  const decoder = await prepared({}, session);
  const busy = decoder.segment(click(5));
  await settle();
  const run = decoder.segment(click(10, { kind: 'run' }));
  const hover = decoder.segment(click(20, { kind: 'hover' }));
  await settle();
  const urgent = decoder.segment(click(30));
  await release();
  const kinds = (await Promise.all([busy, run, hover, urgent])).map(({ kind }) => kind);
  expect(kinds).toEqual(['segmented', 'segmented', 'overtaken', 'segmented']);
  expect(edges).toEqual([10, 60, 20]);
});

test('a hover does not overtake a click', async () => {
  const { session, release, settle } = slowSession();
  const decoder = await prepared({}, session);
  const busy = decoder.segment(click(5, { kind: 'run' }));
  await settle();
  const wanted = decoder.segment(click(10));
  const hover = decoder.segment(click(20, { kind: 'hover' }));
  await release();
  expect((await Promise.all([busy, wanted, hover])).map(({ kind }) => kind)).toEqual([
    'segmented',
    'segmented',
    'segmented',
  ]);
});

test('a failed decode is a named problem and the next one works', async () => {
  let fails = true;
  const decoder = await prepared(
    {},
    {
      run(embedding, inputs) {
        if (fails) throw new Error('std::bad_alloc');
        return leftOfPoint.run(embedding, inputs);
      },
    },
  );
  expect(await decoder.segment(click(10))).toEqual({
    kind: 'failed',
    problem: { kind: 'out-of-memory' },
  });
  fails = false;
  expect((await decoder.segment(click(10))).kind).toBe('segmented');
});

test('old answers expire', async () => {
  const decoder = await prepared({ answers: 2 });
  const old = await decoder.segment(click(10));
  await decoder.segment(click(20));
  await decoder.segment(click(30));
  if (old.kind !== 'segmented') throw new Error(old.kind);
  expect((await decoder.maskAt(old.answer, 0, SIZE)).ok).toBe(false);
});

/** A decoder on two threads whose sessions write down who decodes. */
async function withTwoSessions(answerOf: () => 'mask' | 'lost' = () => 'mask') {
  const log: string[] = [];
  const named = (name: string): DecoderSession => ({
    run(embedding, inputs) {
      log.push(name);
      return leftOfPoint.run(embedding, inputs);
    },
  });
  const decoder = await prepared({
    open: async () =>
      ok({ session: named('all threads'), report: { ...engineReport, threads: 2 } }),
    async openSingleThread() {
      log.push('opens');
      const single = named('one thread');
      return {
        run: async (...args) => (answerOf() === 'mask' ? single.run(...args) : null),
        close: () => void log.push('closes'),
      };
    },
  });
  const decode = async (x: number, kind: SegmentRequest['kind']) =>
    expect(await decoder.segment(click(x, { kind }))).toMatchObject({ kind: 'segmented' });
  return { decoder, decode, log };
}

test('while encoders have all cores, jobs are decoded on one thread and clicks on all', async () => {
  const { decoder, decode, log } = await withTwoSessions();
  await decode(10, 'run');
  await decoder.shareCores(true);
  await decoder.shareCores(true);
  await decode(20, 'run');
  await decode(30, 'click');
  await decode(40, 'hover');
  await decoder.shareCores(false);
  await decode(50, 'run');
  expect(log).toEqual([
    'all threads',
    'opens',
    'one thread',
    'all threads',
    'all threads',
    'closes',
    'all threads',
  ]);
});

test('a job whose session is lost is decoded by the other one', async () => {
  const { decoder, decode, log } = await withTwoSessions(() => 'lost');
  await decoder.shareCores(true);
  await decode(10, 'run');
  expect(log).toEqual(['opens', 'all threads']);
});

test('a session that opens after it is not needed any more is ended', async () => {
  const { decoder, log } = await withTwoSessions();
  await Promise.all([decoder.shareCores(true), decoder.shareCores(false)]);
  expect(log).toEqual(['opens', 'closes']);
});

test('with one thread there is nothing to share', async () => {
  const log: string[] = [];
  const decoder = await prepared({
    async openSingleThread() {
      log.push('opens');
      return null;
    },
  });
  await decoder.shareCores(true);
  expect(log).toEqual([]);
});
