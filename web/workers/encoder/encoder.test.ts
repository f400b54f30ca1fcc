import { expect, onTestFinished, test } from 'vitest';
import { createRaster } from '../../core/raster/raster.ts';
import { EMBEDDING_LENGTH, type EmbeddingStore } from '../../core/segmentation/embedding.ts';
import { fromHalf } from '../../core/segmentation/half.ts';
import type { DecoderSession, EncoderSession } from '../../core/segmentation/sessions.ts';
import { createDecoder } from '../decoder/decoder.ts';
import { connectWorkers } from '../engine/connect.ts';
import { engineSource, loads } from '../engine/testing.ts';
import type { EncodeRequest } from './contract.ts';
import { createEncoder } from './encoder.ts';

/** Writes the red of the first pixel, normalised, all over the embedding. */
const spreadsRed: EncoderSession = {
  run: async (tensor) => new Float32Array(EMBEDDING_LENGTH).fill(tensor[0]),
};

const neverDecodes: DecoderSession = { run: () => Promise.reject(new Error('no')) };

/** Both workers' logic over a real channel. */
async function connected(session: EncoderSession) {
  const stored = new Map<string, Uint16Array<ArrayBuffer>>();
  const store: EmbeddingStore = {
    has: async () => false,
    get: async () => null,
    put: async ({ image }, data) => void stored.set(image, data),
  };
  const encoder = createEncoder({ open: loads(session), now: () => 0 });
  const decoder = createDecoder({ open: loads(neverDecodes), store });
  const ports: MessagePort[] = [];
  const remember = (connect: (port: MessagePort) => Promise<void>) => ({
    connect: (port: MessagePort) => {
      ports.push(port);
      return connect(port);
    },
  });
  await connectWorkers(remember(encoder.connect), remember(decoder.connect));
  onTestFinished(() => {
    for (const port of ports) port.close();
  });
  await encoder.prepare(engineSource, () => {});
  await decoder.prepare(engineSource, () => {});
  return { encoder, decoder, stored };
}

function grey(photo: string, level = 100) {
  // A photo of one pixel is all of the encoder's input, in any tier.
  const input = createRaster(1024, 1024, new Uint8ClampedArray(4 * 1024 * 1024).fill(255));
  input.data.set([level, level, level]);
  return { photo, size: { width: 1, height: 1 }, tier: 'reference', input } satisfies EncodeRequest;
}

test('an embedding goes to the decoding worker as halves and is stored there', async () => {
  const { encoder, decoder, stored } = await connected(spreadsRed);
  expect(await decoder.status('a', 'reference')).toBe('missing');
  expect(await encoder.encode(grey('a'))).toEqual({ kind: 'encoded', photo: 'a', encodeMs: 0 });
  expect(await decoder.status('a', 'reference')).toBe('ready');
  expect(stored.get('a')).toHaveLength(EMBEDDING_LENGTH);
  expect(fromHalf(stored.get('a')?.[5] ?? 0)).toBeCloseTo((100 - 123.675) / 58.395, 3);
});

test('the same photo asked for twice is encoded once', async () => {
  let runs = 0;
  const { encoder } = await connected({
    run(tensor, grid) {
      runs++;
      return spreadsRed.run(tensor, grid);
    },
  });
  await Promise.all([encoder.encode(grey('a')), encoder.encode(grey('a'))]);
  expect(runs).toBe(1);
});

test('a photo can be brought forward or taken out while it waits', async () => {
  const order: number[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { encoder } = await connected({
    async run(tensor, grid) {
      order.push(Math.round(tensor[0] * 58.395 + 123.675));
      await held;
      return spreadsRed.run(tensor, grid);
    },
  });
  const replies = ['a', 'b', 'c', 'd'].map((photo, i) => encoder.encode(grey(photo, i + 1)));
  // Let the first one start.
  await new Promise((resolve) => setTimeout(resolve));
  await encoder.promote('d');
  await encoder.cancel('b');
  letGo();
  expect((await Promise.all(replies)).map(({ kind }) => kind)).toEqual([
    'encoded',
    'cancelled',
    'encoded',
    'encoded',
  ]);
  expect(order).toEqual([1, 4, 3]);
});

test('a failed encode is a named problem and stops no other', async () => {
  const { encoder } = await connected({
    run: (tensor, grid) =>
      tensor[0] < 0 ? Promise.reject(new Error('boom')) : spreadsRed.run(tensor, grid),
  });
  const [bad, good] = await Promise.all([
    encoder.encode(grey('dark', 0)),
    encoder.encode(grey('light', 255)),
  ]);
  expect(bad).toEqual({
    kind: 'failed',
    photo: 'dark',
    problem: { kind: 'engine-failed', what: 'boom' },
  });
  expect(good.kind).toBe('encoded');
});

test('without prepare it says so', async () => {
  const encoder = createEncoder({ open: loads(spreadsRed), now: () => 0 });
  expect(await encoder.encode(grey('a'))).toMatchObject({ problem: { kind: 'not-prepared' } });
});
