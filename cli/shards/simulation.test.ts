import { beforeAll, expect, test } from 'vitest';
import { parseRecipe } from '../../web/core/export/recipe.ts';
import { templatesOf } from '../../web/core/export/recipe-templates.ts';
import { ok } from '../../web/core/flow/result.ts';
import { collectDataset } from '../dataset/collect.ts';
import { archiveOf } from '../dataset/write-zip.ts';
import { modelRecord } from '../engine/choice.ts';
import type { PlacedEntry } from '../inputs/open-inputs.ts';
import type { PhotoMaker } from '../photos/contract.ts';
import { openMaker } from '../photos/open-maker.ts';
import { modelHashOf } from '../photos/setting.ts';
import type { Disk } from '../stores/disk.ts';
import { createFolderStore } from '../stores/folder-store.ts';
import { createMemoryDisk, Killed, mortal } from '../testing/memory-disk.ts';
import { pictureFile, WHOLE_RECIPE } from '../testing/pictures.ts';
import { assign } from './assign.ts';
import { findShards } from './find-shards.ts';
import { hashListing } from './listing-hash.ts';
import { FORM, type WorkIdentity } from './records.ts';
import { runShard } from './run-shard.ts';
import { type Shard, shardFolder, WHOLE } from './shard.ts';

const SHARDS = 16;
const PHOTOS = 40;
const recipeText = JSON.stringify(WHOLE_RECIPE);
const telling = { report: () => {}, signal: new AbortController().signal };

let entries: PlacedEntry[];
let identity: WorkIdentity;
let maker: PhotoMaker;
let whole: Uint8Array;

/** Reproducible numbers 0…1. T. Ettinger's mulberry32, public domain. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function work(shard: Shard, disk: Disk, resume: boolean): Promise<void> {
  const recipe = parseRecipe(recipeText);
  if (!recipe.ok) throw new Error('The recipe of this test is wrong.');
  await runShard({
    ...telling,
    shard,
    identity,
    recipe: recipeText,
    entries: await assign(entries, shard, telling),
    store: createFolderStore(`out/${shardFolder(shard)}`, disk),
    maker,
    plan: {
      templates: templatesOf(recipe.value),
      output: recipe.value.output,
      modelHash: modelHashOf('cpu', 'reference'),
    },
    resume,
    now: () => 0,
  });
}

async function merged(disk: Disk): Promise<Uint8Array> {
  const { stores } = await findShards([createFolderStore('out', disk)]);
  const dataset = await collectDataset(stores, identity);
  const chunks: Uint8Array[] = [];
  for await (const chunk of archiveOf(dataset, telling)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

beforeAll(async () => {
  const files = await Promise.all(Array.from({ length: PHOTOS }, (_, i) => pictureFile(i)));
  // One photo is there twice, and one file is no photo.
  files.push(files[3], new Uint8Array([0xff, 0xd8, 0xff, 0]));
  entries = files.map((bytes, position) => ({
    position,
    path: `photos/${position % 5}/photo ${position}.png`,
    contentKey: null,
    sha256: null,
    read: async () => ok(Uint8Array.from(bytes)),
  }));
  identity = {
    form: FORM,
    app: 'Maskwright test',
    model: modelRecord('cpu', 'reference'),
    recipe: 'r',
    listing: hashListing(entries),
  };
  maker = openMaker({ threadScript: null }, 2, {
    recipe: recipeText,
    needsModel: false,
    choice: 'cpu',
    modelsFolder: '',
    cacheFolder: null,
    imagePixels: 1e6,
  });
  const disk = createMemoryDisk();
  await work(WHOLE, disk, false);
  whole = await merged(disk);
});

test('one worker makes every variant', async () => {
  expect(whole.length).toBeGreaterThan(PHOTOS * 3 * 100);
});

test.each([1, 2, 3, 4, 5, 6])(
  '16 shards, killed and retried at random (seed %i), give the same bytes as one worker',
  async (seed) => {
    const random = seeded(seed);
    const disk = createMemoryDisk();
    let kills = 0;
    /** A worker that is started again and again until it lives to the end. */
    const persist = async (shard: Shard) => {
      for (let attempt = 0; ; attempt++) {
        // Most workers die early; some retries know nothing of --resume.
        const lifetime = attempt > 6 ? Number.POSITIVE_INFINITY : 1 + Math.floor(random() * 60);
        try {
          await work(shard, mortal(disk, lifetime, random), random() < 0.8);
          return;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          kills += 1;
        }
      }
    };
    const shards = Array.from({ length: SHARDS }, (_, i) => ({ index: i + 1, of: SHARDS }));
    // The engine starts some twice, in any order, all at the same time.
    const started = [...shards, ...shards.filter(() => random() < 0.4)];
    started.sort(() => random() - 0.5);
    await Promise.all(started.map(persist));
    expect(kills).toBeGreaterThan(SHARDS);
    expect(Buffer.compare(await merged(disk), whole)).toBe(0);
  },
);
