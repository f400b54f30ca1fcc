import { expect, onTestFinished, test } from 'vitest';
import { ensureModels } from '../../../models/derive.ts';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { createNodeDecoder, createNodeEncoder } from '../../../models/node-session.ts';
import type { EmbeddingStore } from '../../core/segmentation/embedding.ts';
import type { EncoderSession } from '../../core/segmentation/sessions.ts';
import { createDecoder } from '../decoder/decoder.ts';
import { createEncoder } from '../encoder/encoder.ts';
import { selfTest, verdictKey } from './self-test.ts';
import { engineSource, loads } from './testing.ts';

const [encoderFile, decoderFile] = ensureModels();

async function verdictOf(session: EncoderSession) {
  const stored: string[] = [];
  const store: EmbeddingStore = {
    has: async () => false,
    get: async () => null,
    put: async ({ image }) => void stored.push(image),
  };
  const encoder = createEncoder({ open: loads(session), now: () => 0 });
  const decoder = createDecoder({ open: loads(await createNodeDecoder(decoderFile.path)), store });
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  await Promise.all([encoder.connect(port1), decoder.connect(port2)]);
  await encoder.prepare(engineSource, () => {});
  await decoder.prepare(engineSource, () => {});
  const verdict = await selfTest(encoder, decoder, manifest.models[0].golden.runs);
  return { verdict, stored };
}

test('a backend that computes right passes, and nothing of it is kept on the device', async () => {
  const { verdict, stored } = await verdictOf(await createNodeEncoder(encoderFile.path));
  expect(verdict.ok && verdict.value).toBeGreaterThanOrEqual(0.99);
  expect(stored).toEqual([]);
}, 60_000);

test('a backend that silently returns zeros does not pass', async () => {
  const zeros: EncoderSession = {
    run: async (_, { width, height }) => new Float32Array(width * height),
  };
  const { verdict } = await verdictOf(zeros);
  expect(verdict).toMatchObject({ ok: false, problem: { kind: 'wrong-mask' } });
}, 60_000);

test('a backend that throws is named', async () => {
  const throws: EncoderSession = { run: () => Promise.reject(new Error('device lost')) };
  const { verdict } = await verdictOf(throws);
  expect(verdict).toMatchObject({ problem: { kind: 'engine-failed', what: 'device lost' } });
}, 60_000);

test('a verdict holds for one engine and one set of files only', () => {
  const key = verdictKey(engineSource);
  expect(verdictKey({ ...engineSource })).toBe(key);
  for (const name of ['encoder', 'decoder', 'wasm'] as const) {
    const other = { ...engineSource, [name]: { ...engineSource[name], sha256: 'other' } };
    expect(verdictKey(other)).not.toBe(key);
  }
});
