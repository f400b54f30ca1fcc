import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnotatedImage } from '../export/annotations/annotated-image.ts';
import { cocoJson } from '../export/annotations/coco.ts';
import { cvatXml } from '../export/annotations/cvat.ts';
import { datumaroJson } from '../export/annotations/datumaro.ts';
import { readPolygons } from '../export/annotations/testing/coco-reader.ts';
import { pictureOf, SHAPES } from '../export/annotations/testing/pictures.ts';
import { yoloLabel } from '../export/annotations/yolo.ts';
import { type Mask, maskArea } from '../mask/mask.ts';
import { decodeRle, encodeRle } from '../mask/rle.ts';
import { blockMask } from '../mask/testing/masks.ts';
import { isCoco, readCoco } from './coco.ts';
import { readCvat } from './cvat.ts';
import { isDatumaro, readDatumaro } from './datumaro.ts';
import type { ImportSink } from './found-mask.ts';
import { shapeRuns } from './shape-runs.ts';
import { keepingSink } from './testing/sinks.ts';
import { readYoloLabel } from './yolo.ts';

const side = fc.integer({ min: 1, max: 16 });

const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 256, size: 'max' }),
  })
  .map(blockMask);

type Format = (image: AnnotatedImage, sink: ImportSink) => void;

const classes = ['cat'];

const coco =
  (segmentation: 'rle' | 'polygons'): Format =>
  (image, sink) => {
    const coco = { source: '', classes, images: [image], segmentation };
    const file: unknown = JSON.parse([...cocoJson(coco)].join(''));
    if (isCoco(file)) readCoco(file, sink);
  };

const FORMATS: Readonly<Record<string, Format>> = {
  'COCO run lengths': coco('rle'),
  'COCO polygons': coco('polygons'),
  CVAT: (image, sink) => {
    expect(readCvat([...cvatXml({ classes, images: [image] })].join(''), sink)).toBe(null);
  },
  Datumaro: (image, sink) => {
    const file: unknown = JSON.parse([...datumaroJson({ classes, images: [image] })].join(''));
    if (isDatumaro(file)) readDatumaro(file, sink);
  },
  YOLO: (image, sink) => readYoloLabel(yoloLabel(image), image.name, new Map([[0, 'cat']]), sink),
};

function expectSame(mask: Mask, write: Format): void {
  const { masks, problems, sink } = keepingSink();
  write(pictureOf(mask), sink);
  expect(problems).toEqual([]);
  expect(masks).toHaveLength(maskArea(mask) === 0 ? 0 : 1);
  if (masks.length === 0) return;
  expect(masks[0].className).toBe('cat');
  const runs = shapeRuns(masks[0].shape, mask);
  if (!runs.ok) throw new Error(runs.problem);
  expect(decodeRle(runs.value, mask)).toEqual({ ok: true, value: mask });
}

describe.each(Object.entries(FORMATS))('what is exported as %s is imported exactly', (_, write) => {
  test.each(Object.entries(SHAPES))('%s', (_, mask) => expectSame(mask, write));

  test('any mask', () => {
    fc.assert(fc.property(anyMask, (mask) => expectSame(mask, write)));
  });
});

test('any polygon is filled as pycocotools fills it, also where it leaves the picture', () => {
  const size = { width: 12, height: 9 };
  const corner = fc.tuple(
    fc.double({ min: -6, max: 18, noNaN: true }),
    fc.double({ min: -6, max: 18, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (corners) => {
      const rings = [corners.flat()];
      const runs = shapeRuns({ kind: 'polygons', rings, rule: 'coco' }, size);
      expect(runs.ok && runs.value).toEqual(encodeRle(readPolygons(rings, 9, 12)));
    }),
    { numRuns: 300 },
  );
});
