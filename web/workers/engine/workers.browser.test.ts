import { afterAll, beforeAll, expect, test } from 'vitest';
import { GOLDEN_TIER } from '../../core/segmentation/golden.ts';
import { createDecoderClient } from '../decoder/client.ts';
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

test('after dispose every call answers that the worker is gone', async () => {
  const client = createDecoderClient();
  const open = client.prepare(source, () => {});
  client.dispose();
  expect(await open).toEqual({ ok: false, problem: { kind: 'worker-lost' } });
  expect(await client.maskAt(1, 0, { width: 1, height: 1 })).toMatchObject({ ok: false });
});
