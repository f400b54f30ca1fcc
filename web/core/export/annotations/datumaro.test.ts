import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mask, maskArea } from '../../mask/mask.ts';
import { blockMask, drawnMask } from '../../mask/testing/masks.ts';
import { datumaroJson, planDatumaro } from './datumaro.ts';
import { readCompressedRle } from './testing/coco-reader.ts';
import { HOSTILE_NAMES, pictureOf, SHAPES } from './testing/pictures.ts';

const side = fc.integer({ min: 1, max: 16 });

const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 256, size: 'max' }),
  })
  .map(blockMask);

const fileOf = (
  images: readonly ReturnType<typeof pictureOf>[],
  classes: readonly string[] = ['cat'],
) => JSON.parse([...datumaroJson({ classes, images })].join(''));

function expectSame(mask: Mask): void {
  const [item] = fileOf([pictureOf(mask)]).items;
  expect(item.image).toEqual({ path: 't_a.png', size: [mask.height, mask.width] });
  if (maskArea(mask) === 0) {
    expect(item.annotations).toEqual([]);
    return;
  }
  const [{ type, rle, label_id: label }] = item.annotations;
  expect([type, label, rle.size]).toEqual(['mask', 0, [mask.height, mask.width]]);
  expect(readCompressedRle(rle.counts, mask.height, mask.width)).toEqual(mask);
}

test.each(Object.entries(SHAPES))('%s comes back exactly', (_, mask) => expectSame(mask));

test('any mask comes back exactly', () => {
  fc.assert(fc.property(anyMask, expectSame));
});

test('any class name is a label, by its position', () => {
  const { labels } = fileOf([], HOSTILE_NAMES).categories.label;
  expect(labels.map(({ name }: { name: string }) => name)).toEqual([...HOSTILE_NAMES]);
});

test('each split has its file and its pictures; an empty one has none', () => {
  const mask = drawnMask('.#');
  const images = ['a', 'b'].map((name) => pictureOf(mask, { name, key: name, split: 'val' }));
  expect(planDatumaro(images, ['cat']).map(({ path }) => path)).toEqual([
    'annotations/datumaro/annotations/val.json',
    'annotations/datumaro/images/val/a.png',
    'annotations/datumaro/images/val/b.png',
  ]);
});
