import { expect, test } from 'vitest';
import type { Photo } from '../dataset/photo.ts';
import type { Template } from '../dataset/template.ts';
import { photoOf } from '../dataset/testing/photos.ts';
import type { Variant } from '../dataset/variant.ts';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { rleToText } from '../mask/rle-text.ts';
import { planArchive } from './plan.ts';
import { OUTPUT_DEFAULTS, type OutputSettings, parseRecipe } from './recipe.ts';

const photo = (hash: string, name: string): Photo =>
  photoOf(hash.repeat(64), { name, width: 30, height: 20, bytes: 100 });

const template: Template = {
  id: 't',
  name: 'Red Monster!',
  className: 'monster',
  placement: 'same-place',
  reference: 'a'.repeat(64),
  components: [
    {
      name: 'body',
      prompts: { points: [{ x: 0.5, y: 0.5, include: true }], box: null },
      edits: NEUTRAL_EDITS,
    },
  ],
};

function done(key: string, of: Photo): Variant {
  return {
    key,
    photo: of.hash,
    templateId: 't',
    status: 'done',
    format: 'png',
    imageSha256: 'i',
    maskSha256: 'm',
    imageBytes: 10,
    maskBytes: 5,
    maskRle: rleToText([598, 2]),
    components: [{ name: 'body', area: 7, score: 0.9 }],
  };
}

function plan(
  items: readonly [Photo, Variant | undefined][],
  output: Partial<OutputSettings> = {},
) {
  return planArchive({
    photos: items.map(([one]) => one),
    templates: [template],
    items: items.map(([one, variant]) => ({
      photo: one,
      template,
      sample: 0,
      edits: [NEUTRAL_EDITS],
      variant,
    })),
    output: { ...OUTPUT_DEFAULTS, ...output },
    model: {
      id: 'mobilesam',
      encoderSha256: 'e',
      decoderSha256: 'd',
      tier: 'balanced',
      backend: 'wasm',
    },
    appVersion: 'Maskwright 0.1.0',
  });
}

function textOf(files: ReturnType<typeof plan>, path: string): string {
  const file = files.find((one) => one.path === path);
  return file && 'text' in file ? file.text : '';
}

test('two files of one name keep apart, and nothing leaves its folder', () => {
  const photos = [photo('a', '../../IMG 1.jpg'), photo('b', 'img 1.PNG')];
  const files = plan(photos.map((one, i) => [one, done(`k${i}`, one)]));
  expect(files.map(({ path }) => path)).toEqual([
    'manifest.json',
    'recipe.json',
    'variants/red-monster/img-1.png',
    'masks/red-monster/img-1.png',
    'variants/red-monster/img-1-2.png',
    'masks/red-monster/img-1-2.png',
  ]);
});

test('a photo that failed is in the manifest with its reason, and not in the archive', () => {
  const good = photo('a', 'good.jpg');
  const bad = photo('b', 'bad.jpg');
  const files = plan([
    [good, done('k', good)],
    [
      bad,
      {
        key: 'f',
        photo: bad.hash,
        templateId: 't',
        status: 'failed',
        problem: { kind: 'nothing-found' },
      },
    ],
  ]);
  const manifest = JSON.parse(textOf(files, 'manifest.json'));
  expect(manifest.counts).toEqual({ done: 1, failed: 1 });
  expect(manifest.items[1]).toMatchObject({
    status: 'failed',
    reason: 'Nothing was found in bad.jpg at the place of the template.',
    source: { file: 'bad.jpg', sha256: bad.hash, width: 30, height: 20 },
  });
  expect(files.filter(({ path }) => path.includes('bad'))).toEqual([]);
});

test('the manifest says what made each file', () => {
  const one = photo('a', 'one.jpg');
  const manifest = JSON.parse(textOf(plan([[one, done('k', one)]]), 'manifest.json'));
  expect(manifest).toMatchObject({
    app: 'Maskwright 0.1.0',
    model: { id: 'mobilesam', encoderSha256: 'e', decoderSha256: 'd', tier: 'balanced' },
  });
  expect(manifest.items[0]).toMatchObject({
    status: 'done',
    variant: { file: 'variants/red-monster/one.png', sha256: 'i', bytes: 10 },
    mask: { file: 'masks/red-monster/one.png', sha256: 'm', bytes: 5 },
    components: [
      { name: 'body', area: 7, score: 0.9, noiseSeed: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ],
  });
});

test('samples of a photo are numbered, and the manifest says what was drawn for each', () => {
  const photos = [photo('a', 'a.jpg'), photo('b', 'a-1.jpg')];
  const hue = { from: -30, to: 30 };
  const varied = {
    ...template,
    count: 2,
    components: [{ ...template.components[0], edits: { ...NEUTRAL_EDITS, hue } }],
  };
  const items = photos.flatMap((one) =>
    [0, 1].map((sample) => ({
      photo: one,
      template: varied,
      sample,
      edits: [{ ...NEUTRAL_EDITS, hue: 10 * sample }],
      variant: done(`${one.hash}${sample}`, one),
    })),
  );
  const files = planArchive({
    photos,
    templates: [varied],
    items,
    output: { ...OUTPUT_DEFAULTS, masks: false },
    model: {
      id: 'mobilesam',
      encoderSha256: 'e',
      decoderSha256: 'd',
      tier: 'balanced',
      backend: 'wasm',
    },
    appVersion: 'Maskwright 0.1.0',
  });
  expect(files.map(({ path }) => path).slice(2)).toEqual([
    'variants/red-monster/a-1.png',
    'variants/red-monster/a-2.png',
    'variants/red-monster/a-1-1.png',
    'variants/red-monster/a-1-2.png',
  ]);
  const manifest = JSON.parse(textOf(files, 'manifest.json'));
  expect(manifest.templates[0]).toMatchObject({ count: 2, components: [{ edits: { hue } }] });
  expect(manifest.items[0]).toMatchObject({ sample: 1, components: [{ edits: {} }] });
  expect(manifest.items[1]).toMatchObject({ sample: 2, components: [{ edits: { hue: 10 } }] });
  const seeds = manifest.items.map(
    (item: { components: { noiseSeed: string }[] }) => item.components[0].noiseSeed,
  );
  expect(new Set(seeds).size).toBe(4);
  expect(JSON.parse(textOf(files, 'recipe.json')).templates[0].count).toBe(2);
});

test('annotations are in the size of the picture that was written', () => {
  const one = photo('a', 'one.jpg');
  const half = { ...done('k', one), size: { width: 15, height: 10 } };
  const files = plan([[one, half]], { annotations: ['coco'] });
  const coco = files.find(({ path }) => path === 'annotations/coco.json');
  if (!coco || !('make' in coco) || coco.make.kind !== 'coco') throw new Error('no COCO file');
  expect(coco.make.coco.images[0]).toMatchObject({ width: 15, height: 10 });
  expect(JSON.parse(textOf(files, 'manifest.json')).items[0]).toMatchObject({
    source: { width: 30, height: 20 },
    variant: { width: 15, height: 10 },
  });
});

test('masks are left out when they are not wanted', () => {
  const one = photo('a', 'one.jpg');
  const files = plan([[one, done('k', one)]], { masks: false });
  expect(files.map(({ path }) => path)).toEqual([
    'manifest.json',
    'recipe.json',
    'variants/red-monster/one.png',
  ]);
  expect(JSON.parse(textOf(files, 'manifest.json')).items[0].mask).toBeNull();
});

test('the recipe in the archive can be read again', () => {
  const one = photo('a', 'one.jpg');
  const read = parseRecipe(textOf(plan([[one, done('k', one)]]), 'recipe.json'));
  expect(read.ok && read.value.templates[0].reference).toEqual({
    file: 'one.jpg',
    sha256: one.hash,
  });
});

test('annotations follow, always in the same order', () => {
  const photos = [photo('a', 'one.jpg'), photo('b', 'two.jpg')];
  const items = photos.map((one, i): [Photo, Variant] => [one, done(`k${i}`, one)]);
  const files = plan(items, { masks: false, annotations: ['voc', 'yolo', 'coco'] });
  const { split } = JSON.parse(textOf(files, 'manifest.json')).items[0];
  expect(JSON.parse(textOf(files, 'manifest.json')).items[1].split).not.toBe(split);
  const [of0, of1] = split === 'train' ? ['train', 'val'] : ['val', 'train'];
  expect(files.map(({ path }) => path).slice(4)).toEqual([
    'annotations/coco.json',
    'annotations/coco-train.json',
    'annotations/coco-val.json',
    'annotations/yolo/data.yaml',
    `annotations/yolo/images/${of0}/red-monster_one.png`,
    `annotations/yolo/labels/${of0}/red-monster_one.txt`,
    `annotations/yolo/images/${of1}/red-monster_two.png`,
    `annotations/yolo/labels/${of1}/red-monster_two.txt`,
    'annotations/voc/labelmap.txt',
    'annotations/voc/ImageSets/Segmentation/train.txt',
    'annotations/voc/ImageSets/Segmentation/val.txt',
    'annotations/voc/ImageSets/Main/train.txt',
    'annotations/voc/ImageSets/Main/val.txt',
    'annotations/voc/JPEGImages/red-monster_one.png',
    'annotations/voc/SegmentationClass/red-monster_one.png',
    'annotations/voc/Annotations/red-monster_one.xml',
    'annotations/voc/JPEGImages/red-monster_two.png',
    'annotations/voc/SegmentationClass/red-monster_two.png',
    'annotations/voc/Annotations/red-monster_two.xml',
  ]);
});

test('photos that failed leave val filled and ids as they were', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((hash) => photo(hash, `${hash}.jpg`));
  const failed = (of: Photo): Variant => ({
    key: 'f',
    photo: of.hash,
    templateId: 't',
    status: 'failed',
    problem: { kind: 'nothing-found' },
  });
  for (const missing of [a, b, c]) {
    const files = plan(
      [a, b, c].map((one) => [one, one === missing ? failed(one) : done(one.hash, one)]),
      { annotations: ['coco'] },
    );
    const manifest = JSON.parse(textOf(files, 'manifest.json'));
    const splits = manifest.items.map(({ split }: { split?: string }) => split ?? '');
    expect(splits.toSorted()).toEqual(['', 'train', 'val']);
    const coco = files.find(({ path }) => path === 'annotations/coco.json');
    if (!coco || !('make' in coco) || coco.make.kind !== 'coco') throw new Error('no COCO file');
    expect(coco.make.coco.images.map(({ id }) => id)).toEqual(
      [1, 2, 3].filter((id) => [a, b, c][id - 1] !== missing),
    );
  }
});

test('the same project gives the same text', () => {
  const one = photo('a', 'one.jpg');
  expect(plan([[one, done('k', one)]])).toEqual(plan([[one, done('k', one)]]));
});
