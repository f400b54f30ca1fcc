import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pairNames, readPair } from '../bench/segmentation/pairs.ts';
import { summarise } from '../bench/segmentation/score.ts';
import { simulateClicks } from '../bench/segmentation/simulate.ts';
import type { Manifest } from '../web/core/export/manifest.ts';
import type { Raster } from '../web/core/raster/raster.ts';
import { decodeImage } from '../web/files/decode/decode-image.ts';
import { createNodeCodecs } from '../web/files/node.ts';
import { openEngine } from './engine/engine.ts';
import { createPhotoSegmenter } from './photos/segmenter.ts';
import { command, temporaryFolder, writeFiles } from './testing/command.ts';

const root = resolve(import.meta.dirname, '..');
const SUBJECT = resolve(root, '../shared/data/subjects/monster_toy');
const CLICKS = resolve(root, '../shared/data/clicks');
const folder = temporaryFolder();
const codecs = createNodeCodecs();

async function pixelsOf(path: string): Promise<Raster> {
  const image = await decodeImage(new Uint8Array(readFileSync(path)), codecs, {
    imagePixels: Number.POSITIVE_INFINITY,
  });
  if (!image.ok) throw new Error(`${path} is ${image.problem.kind}.`);
  return image.value.raster;
}

describe('a recipe written by hand, on photographs', () => {
  // Photographs under research terms where they are, else one that is shipped.
  const photos = existsSync(SUBJECT)
    ? [join(SUBJECT, '00.jpg'), join(SUBJECT, '01.jpg')]
    : [join(root, 'public/samples/pig.jpg')];
  const out = join(folder, 'out');
  const recipe = {
    maskwright: 1,
    model: 'mobilesam',
    templates: [
      {
        name: 'red monster',
        class: 'monster',
        placement: 'same-place',
        reference: { file: '00.jpg', sha256: '0'.repeat(64) },
        components: [
          {
            name: 'body',
            prompts: { points: [{ x: 0.49, y: 0.42, include: true }] },
            edits: { brightness: 0.1, hue: 40 },
          },
        ],
      },
    ],
    output: { annotations: ['coco', 'yolo', 'voc'] },
  };
  let manifest: Manifest;

  beforeAll(async () => {
    mkdirSync(join(folder, 'photos'));
    photos.forEach((path, index) => {
      copyFileSync(path, join(folder, 'photos', `photo-${index}.jpg`));
    });
    writeFiles(folder, { 'recipe.json': JSON.stringify(recipe) });
    // Where the engine would keep what it has not reported yet.
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
    const words = ['run', join(folder, 'recipe.json'), join(folder, 'photos'), '-o', out];
    expect(await command(words)).toMatchObject({ code: 0 });
    manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  }, 120_000);

  test('the manifest says what made the masks', () => {
    expect(manifest.counts).toEqual({ done: photos.length, failed: 0 });
    expect(manifest.model).toMatchObject({
      backend: expect.stringMatching(/^onnxruntime-node \S+, cpu$/),
    });
  });

  test('the engine tells nobody that it ran', () => {
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  test('outside the mask every byte is the source’s, inside it something changed', async () => {
    for (const item of manifest.items) {
      if (!('mask' in item) || !item.mask) throw new Error('It was not made.');
      const source = await pixelsOf(join(folder, 'photos', item.source.file));
      const variant = await pixelsOf(join(out, item.variant.file));
      const mask = await pixelsOf(join(out, item.mask.file));
      const before = new Uint32Array(source.data.buffer);
      const after = new Uint32Array(variant.data.buffer);
      let outside = 0;
      let inside = 0;
      for (let i = 0; i < before.length; i++) {
        if (before[i] === after[i]) continue;
        if (mask.data[i * 4] === 0) outside += 1;
        else inside += 1;
      }
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(1000);
    }
  });
});

/** The packaged decoder on these eight photos, native runtime, the same simulated clicks. */
const REFERENCE = { at1: 0.749, at3: 0.866, at5: 0.949 };
const TOLERANCE = 0.01;
const CLICK_COUNT = 5;

describe.skipIf(!existsSync(join(CLICKS, '106024.jpg')))('on photographs with ground truth', () => {
  test('segment is not below the reference', async () => {
    const engine = await openEngine({
      choice: 'cpu',
      modelsFolder: join(root, 'models/derived'),
      threads: 2,
    });
    const ious: (readonly number[])[] = [];
    for (const file of pairNames(CLICKS)) {
      const { photo, truth } = await readPair(CLICKS, file);
      const segmenter = createPhotoSegmenter(file, photo, 'reference', engine, null);
      const clicked = await simulateClicks(truth, CLICK_COUNT, async (prompts) => {
        const found = await segmenter.find(prompts);
        if (!found) throw new Error('A click shows something.');
        return found.mask;
      });
      ious.push(clicked.ious);
    }
    const { at1, at3, at5 } = summarise(ious);
    expect(at1).toBeGreaterThan(REFERENCE.at1 - TOLERANCE);
    expect(at3).toBeGreaterThan(REFERENCE.at3 - TOLERANCE);
    expect(at5).toBeGreaterThan(REFERENCE.at5 - TOLERANCE);
  }, 180_000);
});
