import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Photo } from '../dataset/photo.ts';
import { planVariants } from '../dataset/tasks.ts';
import type { Template } from '../dataset/template.ts';
import { photoOf } from '../dataset/testing/photos.ts';
import type { Variant } from '../dataset/variant.ts';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { rleToText } from '../mask/rle-text.ts';
import { planArchive } from './plan.ts';
import type { PlannedFile } from './planned-file.ts';
import { ANNOTATION_FORMATS, OUTPUT_DEFAULTS } from './recipe.ts';

/* Splits as whoever trains with the archive finds them: in every format, by names of files. */

const photo = (hash: string, index: number): Photo =>
  photoOf(hash, { name: `p${index}.jpg`, width: 30, height: 20, bytes: 100, order: index });

function templateOf(count: number, index: number): Template {
  return {
    id: `t${index}`,
    name: `t${index}`,
    className: 'cat',
    placement: 'whole-image',
    reference: 'a'.repeat(64),
    components: [
      {
        name: 'all',
        prompts: { points: [], box: null },
        edits: { ...NEUTRAL_EDITS, hue: { from: -30, to: 30 } },
      },
    ],
    count,
  };
}

/** `train` and `val` of every format: the photos whose variants are in it. */
function splitsOf(files: readonly PlannedFile[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (list: string, file: string) => {
    const [, photo] = /(p\d+)(?:-\d+)?(?:\.\w+)?$/.exec(file) ?? [];
    found.set(list, (found.get(list) ?? new Set()).add(photo));
  };
  for (const file of files) {
    const { path } = file;
    const [, split] = /\b(train|val)\b/.exec(path) ?? [];
    if (!split) continue;
    if (path.includes('/yolo/') || path.includes('/datumaro/images/')) {
      add(`${path.split('/')[1]} ${split}`, path);
    } else if ('text' in file) {
      for (const name of file.text.split('\n').filter(Boolean)) add(`voc ${split}`, name);
    } else if ('make' in file && file.make.kind === 'coco') {
      for (const image of file.make.coco.images) add(`coco ${split}`, image.file);
    }
  }
  return found;
}

const hash = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64, size: 'max' })
  .map((digits) => digits.join(''));

const project = fc.record({
  hashes: fc.uniqueArray(hash, { minLength: 2, maxLength: 9 }),
  counts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
  failed: fc.array(fc.nat(40), { maxLength: 6 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  percent: fc.integer({ min: 1, max: 99 }),
});

test('no format has variants of one photo in two splits, and none has an empty one', () => {
  fc.assert(
    fc.property(project, ({ hashes, counts, failed, seed, percent }) => {
      const photos = hashes.map(photo);
      const templates = counts.map(templateOf);
      const output = {
        ...OUTPUT_DEFAULTS,
        annotations: ANNOTATION_FORMATS,
        splits: { train: 1 - percent / 100, val: percent / 100 },
        seed,
      };
      const items = planVariants(photos, templates, output, 'model').map((item, index) => ({
        ...item,
        variant: variantOf(String(index), item, failed.includes(index)),
      }));
      const model = { id: 'm', encoderSha256: '', decoderSha256: '', backend: '' };
      const files = planArchive({
        photos,
        templates,
        items,
        output,
        model: { ...model, tier: 'balanced' },
        appVersion: '',
      });
      const made = new Set(
        items.filter(({ variant }) => variant.status === 'done').map((item) => item.photo.hash),
      );
      const splits = splitsOf(files);
      for (const format of ['coco', 'yolo', 'voc', 'datumaro']) {
        const train = splits.get(`${format} train`) ?? new Set();
        const val = splits.get(`${format} val`) ?? new Set();
        expect([...train].filter((photo) => val.has(photo))).toEqual([]);
        expect(train.size + val.size).toBe(made.size);
        if (made.size < 2) continue;
        expect(train.size).toBeGreaterThan(0);
        expect(val.size).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

function variantOf(
  key: string,
  { photo, template }: { photo: Photo; template: Template },
  isFailed: boolean,
): Variant {
  const of = { key, photo: photo.hash, templateId: template.id };
  if (isFailed) return { ...of, status: 'failed', problem: { kind: 'nothing-found' } };
  return {
    ...of,
    status: 'done',
    format: 'png',
    imageSha256: '',
    maskSha256: '',
    imageBytes: 1,
    maskBytes: 1,
    maskRle: rleToText([598, 2]),
    components: [{ name: 'all', area: 2, score: null }],
  };
}
