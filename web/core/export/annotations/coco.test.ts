import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskBounds } from '../../mask/bounds.ts';
import { type Mask, maskArea } from '../../mask/mask.ts';
import { maskOutline } from '../../mask/outline.ts';
import { blockMask, drawnMask } from '../../mask/testing/masks.ts';
import type { AnnotatedImage } from './annotated-image.ts';
import { cocoJson, planCoco } from './coco.ts';
import type { CocoFile } from './coco-file.ts';
import { readCompressedRle, readPolygons } from './testing/coco-reader.ts';
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

type Segmentation = number[][] | { size: [number, number]; counts: string };

interface Instances {
  readonly images: { id: number; file_name: string; width: number; height: number }[];
  readonly categories: { id: number; name: string; supercategory: string }[];
  readonly annotations: {
    id: number;
    image_id: number;
    category_id: number;
    segmentation: Segmentation;
    bbox: number[];
    area: number;
    iscrowd: number;
  }[];
}

function instancesOf(
  images: readonly AnnotatedImage[],
  segmentation: CocoFile['segmentation'] = 'rle',
  classes: readonly string[] = ['cat'],
): Instances {
  const source = 'Maskwright 0.1.0';
  return JSON.parse([...cocoJson({ source, classes, images, segmentation })].join(''));
}

function read(segmentation: Segmentation, { width, height }: Mask): Mask {
  if (Array.isArray(segmentation)) return readPolygons(segmentation, height, width);
  expect(segmentation.size).toEqual([height, width]);
  return readCompressedRle(segmentation.counts, height, width);
}

function expectSame(mask: Mask, segmentation: CocoFile['segmentation']): void {
  const { images, annotations } = instancesOf([pictureOf(mask)], segmentation);
  expect(images).toHaveLength(1);
  if (maskArea(mask) === 0) {
    expect(annotations).toEqual([]);
    return;
  }
  const [one] = annotations;
  const box = maskBounds(mask);
  expect(read(one.segmentation, mask)).toEqual(mask);
  expect(one.area).toBe(maskArea(mask));
  expect(box && [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0]).toEqual(one.bbox);
}

describe.each(['rle', 'polygons'] as const)('as %s', (segmentation) => {
  test.each(Object.entries(SHAPES))('%s comes back exactly', (_, mask) => {
    expectSame(mask, segmentation);
  });

  test('any mask comes back exactly', () => {
    fc.assert(fc.property(anyMask, (mask) => expectSame(mask, segmentation)));
  });
});

test('one polygon a part; holes are cut to its border', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const [one] = instancesOf([pictureOf(mask)], 'polygons').annotations;
      expect(one?.segmentation ?? []).toHaveLength(maskOutline(mask).length);
    }),
  );
  const ring = instancesOf([pictureOf(drawnMask('###', '#.#', '###'))], 'polygons');
  const [polygon] = ring.annotations[0].segmentation as number[][];
  expect(polygon).toHaveLength(2 * (4 + 1 + 4 + 1));
  const parts = instancesOf([pictureOf(drawnMask('#.#'))], 'polygons').annotations[0].segmentation;
  expect(parts).toEqual([
    [0, 0, 1, 0, 1, 1, 0, 1],
    [2, 0, 3, 0, 3, 1, 2, 1],
  ]);
});

test('ids join images, annotations and categories; the file is found from the ZIP’s root', () => {
  const mask = drawnMask('.#');
  const classes = [...HOSTILE_NAMES].sort();
  const images = classes.map((className, classIndex) =>
    pictureOf(mask, {
      id: classIndex * 2 + 5,
      className,
      classIndex,
      file: `variants/${classIndex}`,
    }),
  );
  const instances = instancesOf(images, 'rle', classes);
  expect(instances.categories.map(({ id, name }) => [id, name])).toEqual(
    classes.map((name, index) => [index + 1, name]),
  );
  instances.annotations.forEach((annotation, i) => {
    const image = instances.images.find(({ id }) => id === annotation.image_id);
    expect(image).toEqual({ id: i * 2 + 5, file_name: `variants/${i}`, width: 2, height: 1 });
    expect(instances.categories[annotation.category_id - 1].name).toBe(classes[i]);
    expect(annotation).toMatchObject({ id: i * 2 + 5, iscrowd: 0 });
  });
});

test('the split files share the images of the whole', () => {
  const mask = drawnMask('.#');
  const images = [1, 2, 3].map((id) => pictureOf(mask, { id, split: id === 2 ? 'val' : 'train' }));
  const files = planCoco({ source: '', classes: ['cat'], images, segmentation: 'rle' });
  const ids = files.map((file) =>
    'make' in file && file.make.kind === 'coco'
      ? [file.path, ...file.make.coco.images.map(({ id }) => id)]
      : [],
  );
  expect(ids).toEqual([
    ['annotations/coco.json', 1, 2, 3],
    ['annotations/coco-train.json', 1, 3],
    ['annotations/coco-val.json', 2],
  ]);
});

test('no image at all is valid JSON too', () => {
  expect(instancesOf([])).toMatchObject({ images: [], annotations: [] });
});
