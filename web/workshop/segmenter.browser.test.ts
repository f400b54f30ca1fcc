import { createRoot } from 'solid-js';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Photo } from '../core/dataset/photo.ts';
import { fail, ok } from '../core/flow/result.ts';
import { createMask } from '../core/mask/mask.ts';
import { encodeRle } from '../core/mask/rle.ts';
import { createRaster } from '../core/raster/raster.ts';
import { GOLDEN_MASK_SIZE, GOLDEN_PHOTO } from '../core/segmentation/golden.ts';
import type { Tier } from '../core/segmentation/tiers.ts';
import { createDatabase } from '../storage/database.ts';
import type { DecoderClient } from '../workers/decoder/client.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import { engineReport, engineSource } from '../workers/engine/testing.ts';
import { createQuality } from './quality.ts';
import { createSegmenter } from './segmenter.ts';
import type { Services } from './services.ts';

const PROMPTS = { points: [{ x: 5, y: 5, include: true }], box: null };
const PHOTO: Photo = {
  hash: 'a',
  name: 'a.jpg',
  folder: '',
  format: 'jpeg',
  width: 60,
  height: 40,
  bytes: 1,
  grayscale: false,
  warnings: [],
  order: 0,
};

/**
 * A segmenter on workers that only write down what they are asked.
 * @param lost how many encoders are lost while they start
 */
function open(name: string = crypto.randomUUID(), { lost = 0 } = {}) {
  const log: string[] = [];
  let toLose = lost;
  const embedded = new Set<string>();
  const nothing = async () => undefined;
  const encoder: EncoderClient = {
    prepare: async () => {
      log.push('encoder starts');
      return toLose-- > 0 ? fail({ kind: 'worker-lost' }) : ok(engineReport);
    },
    connect: nothing,
    async encode({ photo, tier }) {
      log.push(`encode ${photo} ${tier}`);
      embedded.add(`${photo} ${tier}`);
      return { kind: 'encoded', photo, encodeMs: 1 };
    },
    promote: nothing,
    cancel: nothing,
    dispose: () => {},
  };
  const decoder: DecoderClient = {
    prepare: async () => {
      log.push('decoder starts');
      return ok(engineReport);
    },
    connect: nothing,
    shareCores: nothing,
    status: async (photo, tier) => (embedded.has(`${photo} ${tier}`) ? 'stored' : 'missing'),
    warm: async (photo, tier) => void log.push(`warm ${photo} ${tier}`),
    async segment({ photo, tier }) {
      log.push(`decode ${photo} ${tier}`);
      return { kind: 'segmented', answer: 1, candidates: [], chosen: 1 };
    },
    maskAt: async (_, __, { width, height }) => ok(createMask(width, height)),
    viewMask: async (_, __, { width, height }) => ok(createMask(width, height)),
    dispose: () => {},
  };
  const { width, height } = GOLDEN_MASK_SIZE;
  const database = createDatabase(name);
  const services = {
    database,
    budget: { workers: 1, bytes: 0 },
    createEncoder: () => encoder,
    createDecoder: () => decoder,
    engine: engineSource,
    goldenRuns: encodeRle(createMask(width, height)),
    now: () => 0,
    pixels: { modelInput: async () => ok(createRaster(1, 1)) },
  } as unknown as Services;
  return createRoot((dispose) => {
    const quality = createQuality(database);
    const segmenter = createSegmenter(services, quality);
    const close = async () => {
      dispose();
      await database.close();
    };
    onTestFinished(close);
    return { segmenter, quality, log, embedded, database, close };
  });
}

async function keepFile({ database }: ReturnType<typeof open>) {
  await database.run((db) => db.put('files', new Blob(['x']), PHOTO.hash));
}

/** What was done with photos, without what proves the engine. */
const work = (log: readonly string[]) =>
  log.filter((line) => !line.includes(GOLDEN_PHOTO) && !line.includes('starts'));

test('a first click is answered quickly, then better; a run waits for the chosen quality', async () => {
  const opened = open();
  await keepFile(opened);
  const { segmenter, log } = opened;
  await segmenter.start();
  const quick = await segmenter.segment(PHOTO, PROMPTS, 'click');
  expect(work(log).slice(0, 2)).toEqual(['encode a quick', 'decode a quick']);
  if (quick.kind !== 'segmented') throw new Error(quick.kind);
  expect((await quick.better)?.kind).toBe('segmented');
  expect(work(log).slice(2)).toEqual(['encode a balanced', 'decode a balanced']);

  const again = await segmenter.segment(PHOTO, PROMPTS, 'click');
  expect(again).not.toHaveProperty('better');
});

test('a run never takes the quick answer', async () => {
  const opened = open();
  await keepFile(opened);
  await opened.segmenter.start();
  expect(await opened.segmenter.segment(PHOTO, PROMPTS, 'run')).not.toHaveProperty('better');
  expect(work(opened.log)).toEqual(['encode a balanced', 'decode a balanced']);
});

test('a photo that is opened is encoded and made ready before anybody clicks', async () => {
  const opened = open();
  await keepFile(opened);
  await opened.segmenter.start();
  await opened.segmenter.lookAt(PHOTO);
  expect(work(opened.log)).toEqual(['encode a balanced', 'warm a balanced']);
});

test.each<Tier>(['quick', 'best', 'reference'])(
  'in “%s” it is that one that is kept',
  async (tier) => {
    const opened = open();
    await keepFile(opened);
    opened.quality.setTier(tier);
    await opened.segmenter.start();
    await opened.segmenter.segment(PHOTO, PROMPTS, 'run');
    expect(opened.segmenter.isEncoded(PHOTO.hash)).toBe(true);
    opened.quality.setTier('balanced');
    expect(opened.segmenter.isEncoded(PHOTO.hash)).toBe(false);
  },
);

test('on a later visit a known photo is clicked without proof, encode or encoder', async () => {
  const name = crypto.randomUUID();
  const first = open(name);
  await first.segmenter.start();
  expect(first.log).toContain(`encode ${GOLDEN_PHOTO} quick`);
  await first.close();

  const later = open(name);
  later.embedded.add('a balanced');
  void later.segmenter.start();
  expect((await later.segmenter.segment(PHOTO, PROMPTS, 'click')).kind).toBe('segmented');
  expect(work(later.log)).toEqual(['decode a balanced']);
  await vi.waitFor(() => expect(later.segmenter.state().kind).toBe('ready'));
  expect(later.log.some((line) => line.includes(GOLDEN_PHOTO))).toBe(false);
});

test('an engine that is lost while it starts is started once more before anybody is told', async () => {
  const opened = open(undefined, { lost: 1 });
  await keepFile(opened);
  await opened.segmenter.start();
  expect(opened.segmenter.state().kind).toBe('ready');
  expect((await opened.segmenter.segment(PHOTO, PROMPTS, 'click')).kind).toBe('segmented');
});

test('lost twice, it says so, and the next click tries again', async () => {
  const opened = open(undefined, { lost: 2 });
  await keepFile(opened);
  await opened.segmenter.start();
  expect(opened.segmenter.state()).toMatchObject({ problem: { kind: 'worker-lost' } });
  expect((await opened.segmenter.segment(PHOTO, PROMPTS, 'click')).kind).toBe('segmented');
});
