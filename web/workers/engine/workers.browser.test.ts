import { wrap } from 'comlink';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { EMBEDDING_LENGTH } from '../../core/segmentation/embedding.ts';
import { GOLDEN_TIER } from '../../core/segmentation/golden.ts';
import { toHalves } from '../../core/segmentation/half.ts';
import { embeddingModel } from '../../core/segmentation/tiers.ts';
import { createDecoderClient } from '../decoder/client.ts';
import type { EmbeddingSink } from '../decoder/embedding-sink.ts';
import { createEncoderClient } from '../encoder/client.ts';
import { connectWorkers } from './connect.ts';
import { selfTest } from './self-test.ts';
import { engineSource, goldenRuns } from './source.ts';

// The real model on the real engine in two real workers.
const encoder = createEncoderClient();
const decoder = createDecoderClient();
const source = engineSource();

beforeAll(() => connectWorkers(encoder, decoder));
afterAll(() => {
  encoder.dispose();
  decoder.dispose();
});

test('both workers start, and say how many threads they have and why', async () => {
  const ignore = () => {};
  for (const worker of [encoder, decoder]) {
    const report = await worker.prepare(source, ignore);
    if (!report.ok) throw new Error(JSON.stringify(report.problem));
    expect(report.value.threads > 1).toBe(crossOriginIsolated && navigator.hardwareConcurrency > 1);
    expect(report.value.reason === 'not-isolated').toBe(!crossOriginIsolated);
  }
}, 120_000);

test('the golden mask is found', async () => {
  expect(await selfTest(encoder, decoder, goldenRuns)).toMatchObject({ ok: true });
}, 120_000);

test('a mask of twelve megapixels comes back whole', async () => {
  const size = { width: 4000, height: 3000 };
  const prompts = {
    points: [{ x: 2400, y: 1400, include: true, candidate: 1 as const }],
    box: null,
  };
  const reply = await decoder.segment({
    photo: 'golden',
    size,
    tier: GOLDEN_TIER,
    prompts,
    kind: 'click',
  });
  if (reply.kind !== 'segmented') throw new Error(reply.kind);
  const mask = await decoder.maskAt(reply.answer, reply.chosen, size);
  if (!mask.ok) throw new Error(mask.problem.kind);
  const area = mask.value.data.reduce((sum, value) => sum + value, 0);
  // The ball is a circle of radius 190 in 1024 × 768.
  expect(area / mask.value.data.length).toBeCloseTo((Math.PI * 190 * 190) / (1024 * 768), 2);
}, 120_000);

test('one thread beside busy encoders finds the same masks as all threads, bit for bit', async () => {
  const size = { width: 1200, height: 800 };
  const key = { image: 'waves', model: embeddingModel(source.encoder.sha256, GOLDEN_TIER) };
  const waves = toHalves(
    Float32Array.from({ length: EMBEDDING_LENGTH }, (_, i) => Math.sin(i / 77 + (i >> 12)) / 5),
  );
  const open = async () => {
    const client = createDecoderClient();
    onTestFinished(() => client.dispose());
    const report = await client.prepare(source, () => {});
    if (!report.ok) throw new Error(report.problem.kind);
    const { port1, port2 } = new MessageChannel();
    await client.connect(port2);
    await wrap<EmbeddingSink>(port1).accept(key, waves.slice());
    port1.close();
    return client;
  };
  const alone = await open();
  const busy = await open();
  await busy.shareCores(true);

  const click = { x: 700, y: 300, include: true };
  const prompts = [
    { points: [click], box: null },
    { points: [click, { x: 300, y: 600, include: false }], box: null },
    { points: [], box: { x0: 100, y0: 100, x1: 900, y1: 700 } },
  ];
  for (const one of prompts) {
    const request = { photo: key.image, size, tier: GOLDEN_TIER, prompts: one };
    const [a, b] = await Promise.all([
      alone.segment({ ...request, kind: 'run' }),
      busy.segment({ ...request, kind: 'run' }),
    ]);
    if (a.kind !== 'segmented' || b.kind !== 'segmented') throw new Error(`${a.kind} ${b.kind}`);
    expect(b.candidates).toEqual(a.candidates);
    for (const { index } of a.candidates) {
      const [ours, theirs] = await Promise.all([
        alone.maskAt(a.answer, index, size),
        busy.maskAt(b.answer, index, size),
      ]);
      if (!ours.ok || !theirs.ok) throw new Error('a mask was dropped');
      // Not `toEqual`: it takes seconds for a million bytes.
      const different = theirs.value.data.findIndex((pixel, i) => pixel !== ours.value.data[i]);
      expect(different).toBe(-1);
    }
  }
}, 120_000);

test('after dispose every call answers that the worker is gone', async () => {
  const client = createDecoderClient();
  const open = client.prepare(source, () => {});
  client.dispose();
  expect(await open).toEqual({ ok: false, problem: { kind: 'worker-lost' } });
  expect(await client.maskAt(1, 0, { width: 1, height: 1 })).toMatchObject({ ok: false });
});
