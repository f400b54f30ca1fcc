import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Photo } from '../../core/dataset/photo.ts';
import type { DoneVariant } from '../../core/dataset/variant.ts';
import { rleToText } from '../../core/mask/rle-text.ts';
import { EMBEDDING_LENGTH } from '../../core/segmentation/embedding.ts';
import { toHalves } from '../../core/segmentation/half.ts';
import { embeddingModel, type Tier } from '../../core/segmentation/tiers.ts';
import { createDatabase, type Database } from '../../storage/database.ts';
import { clearEmbeddings, createEmbeddingStore, trimEmbeddings } from '../../storage/embeddings.ts';
import { putFailure, putVariant } from '../../storage/variants.ts';
import type { CheckProgress, CheckRequest } from './contract.ts';
import { createHealth } from './health.ts';

let database: Database;
let count = 0;

beforeEach(() => {
  database = createDatabase(`health-${++count}`);
});

afterEach(async () => {
  await database.close();
});

const SIZE: Pick<Photo, 'width' | 'height'> = { width: 640, height: 480 };
const blob = new Blob(['x']);
const outputs = { image: blob, mask: blob, thumbnail: blob };

/** A hash that sorts in the split as its first digits say. */
const hash = (digit: string) => digit.repeat(64);

/** An embedding with a bright spot, so that two with the same spot are near-duplicates. */
async function encode(photo: string, spot: number, tier: Tier = 'reference'): Promise<void> {
  const values = new Float32Array(EMBEDDING_LENGTH);
  for (let channel = 0; channel < 256; channel++) {
    for (let i = 0; i < 100; i++) {
      const y = Math.floor(i / 10) + spot;
      values[(channel * 64 + y) * 64 + (i % 10) + spot] = 1 + (channel % 7);
    }
  }
  await createEmbeddingStore(database).put(
    { image: photo, model: embeddingModel('m', tier) },
    toHalves(values),
  );
}

function made(key: string, photo: string, counts: readonly number[]): Promise<unknown> {
  const variant: DoneVariant = {
    key,
    photo,
    templateId: 't',
    status: 'done',
    format: 'png',
    imageSha256: '',
    maskSha256: '',
    imageBytes: 1,
    maskBytes: 1,
    maskRle: rleToText(counts),
    components: [{ name: 'object', area: 5, score: null }],
  };
  return putVariant(database, variant, outputs);
}

const FINE = [480 * 100 + 100, 200, 640 * 480 - 480 * 100 - 300];

function request(photos: readonly string[], keys: readonly (readonly [string, number])[]) {
  return {
    photos: photos.map((one) => ({ hash: one, ...SIZE })),
    templates: [{ id: 't', className: 'cat', placement: 'same-place' }],
    planned: keys.map(([key, photo]) => [key, photo, 0] as const),
    splits: { train: 0.5, val: 0.5 },
    seed: 1,
  } satisfies CheckRequest;
}

const health = () => createHealth(database, () => performance.now());
const ignore = () => undefined;

async function check(asked: CheckRequest) {
  const report = await health().check(asked, ignore);
  if (!report.ok) throw new Error(report.problem.kind);
  return report.value;
}

test('near-duplicates, odd masks and failures are found, each once', async () => {
  const [a, b, c] = [hash('a'), hash('b'), hash('c')];
  await encode(a, 5);
  await encode(b, 5);
  await encode(c, 40);
  await made('ka', a, FINE);
  await made('ka2', a, FINE);
  await made('kb', b, [480 * 100 + 100, 5, 640 * 480 - 480 * 100 - 105]);
  await made('kb2', b, [480 * 100 + 100, 5, 640 * 480 - 480 * 100 - 105]);
  await putFailure(database, {
    key: 'kc',
    photo: c,
    templateId: 't',
    status: 'failed',
    problem: { kind: 'nothing-found' },
  });
  const report = await check(
    request(
      [a, b, c],
      [
        ['ka', 0],
        ['ka2', 0],
        ['kb', 1],
        ['kb2', 1],
        ['kc', 2],
        ['not made', 2],
      ],
    ),
  );
  expect(report.findings).toMatchObject([
    { kind: 'mask', remark: 'tiny', photo: b, key: 'kb' },
    { kind: 'failed', photo: c, problem: { kind: 'nothing-found' } },
    { kind: 'duplicates', photos: [a, b], acrossSplits: true },
  ]);
  expect(report.classes).toMatchObject([{ className: 'cat', photos: 2, variants: 4 }]);
  expect(report).toMatchObject({ compared: 3, judged: 5 });
});

test('photos that left the dataset, and embeddings of another tier, are not compared', async () => {
  await encode(hash('a'), 5);
  await encode(hash('b'), 5, 'best');
  await encode(hash('c'), 5);
  expect(await check(request([hash('a'), hash('b')], []))).toMatchObject({
    findings: [],
    compared: 2,
  });
});

test('what was seen of a photo outlives an embedding that had to make room, until it is cleared', async () => {
  await encode(hash('a'), 5);
  await encode(hash('b'), 5);
  const asked = request([hash('a'), hash('b')], []);
  const first = await check(asked);
  expect(first.compared).toBe(2);
  await trimEmbeddings(database, 0);
  expect(await check(asked)).toEqual(first);
  await clearEmbeddings(database);
  expect(await check(asked)).toMatchObject({ findings: [], compared: 0 });
});

test('every stage counts up to its total', async () => {
  await encode(hash('a'), 5);
  await made('ka', hash('a'), FINE);
  const seen: CheckProgress[] = [];
  await health().check(request([hash('a')], [['ka', 0]]), (progress) => seen.push(progress));
  const last = (stage: string) => seen.filter((one) => one.stage === stage).at(-1);
  expect(last('variants')).toMatchObject({ done: 1, total: 1 });
  expect(last('photos')).toMatchObject({ done: 1, total: 1 });
});

test('a newer check and a cancel end the one under way', async () => {
  await encode(hash('a'), 5);
  const asked = request([hash('a')], [['ka', 0]]);
  const api = health();
  const overtaken = api.check(asked, ignore);
  const newest = api.check(asked, ignore);
  expect(await overtaken).toEqual({ ok: false, problem: { kind: 'cancelled' } });
  expect((await newest).ok).toBe(true);
  const cancelled = api.check(asked, ignore);
  await api.cancel();
  expect(await cancelled).toEqual({ ok: false, problem: { kind: 'cancelled' } });
});

test('storage that does not answer is a problem by name', async () => {
  vi.stubGlobal('indexedDB', undefined);
  try {
    const report = await health().check(request([hash('a')], [['ka', 0]]), ignore);
    expect(report).toMatchObject({ ok: false, problem: { kind: 'storage-unavailable' } });
  } finally {
    vi.unstubAllGlobals();
  }
});
