import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnnotatedImage } from '../../core/export/annotations/annotated-image.ts';
import { planCoco } from '../../core/export/annotations/coco.ts';
import { planCvat } from '../../core/export/annotations/cvat.ts';
import { planDatumaro } from '../../core/export/annotations/datumaro.ts';
import { pictureOf, SHAPES } from '../../core/export/annotations/testing/pictures.ts';
import { planVoc } from '../../core/export/annotations/voc.ts';
import { planYolo } from '../../core/export/annotations/yolo.ts';
import type { PlannedFile } from '../../core/export/planned-file.ts';
import type { ImportedAnnotations } from '../../core/import/collect.ts';
import type { KnownPhoto } from '../../core/import/photo-finder.ts';
import { type Mask, maskArea } from '../../core/mask/mask.ts';
import { encodeRle } from '../../core/mask/rle.ts';
import { rleToText } from '../../core/mask/rle-text.ts';
import { blockMask } from '../../core/mask/testing/masks.ts';
import { latin1 } from '../../files/bytes.ts';
import { encodeMaskPng } from '../../files/mask-png/encode-mask.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { makeFile } from '../archive/make-file.ts';
import { createAnnotationReader } from './annotations.ts';
import type { AnnotationFile } from './contract.ts';

const codecs = createNodeCodecs();
const shapes = Object.values(SHAPES);
const classes = ['cat', 'dog'];

const images = shapes.map(
  (mask, i): AnnotatedImage =>
    pictureOf(mask, {
      id: i + 1,
      name: `t_${i}`,
      file: `variants/t/${i}.png`,
      classIndex: i % 2,
      className: classes[i % 2],
      split: i % 3 ? 'train' : 'val',
    }),
);

/** The photos as our own archive brings them: `variants/`, and copies with flat names. */
const photos = shapes.map(
  ({ width, height }, i): KnownPhoto => ({
    hash: `photo ${i}`,
    width,
    height,
    paths: [`a.zip/variants/t/${i}.png`, `a.zip/annotations/yolo/images/train/t_${i}.png`],
  }),
);

async function filesOf(plan: readonly PlannedFile[]): Promise<AnnotationFile[]> {
  const makings = { codecs, readImage: () => Promise.reject(new Error('no pictures here')) };
  const files: AnnotationFile[] = [];
  for (const file of plan) {
    if ('key' in file) continue;
    const bytes = 'text' in file ? file.text : await makeFile(file.make, makings);
    const parts: BlobPart[] = [];
    if (typeof bytes === 'object' && Symbol.asyncIterator in bytes) {
      for await (const part of bytes) parts.push(part);
    } else parts.push(bytes);
    files.push({ path: `a.zip/${file.path}`, blob: new Blob(parts) });
  }
  return files;
}

async function read(
  files: readonly AnnotationFile[],
  known: readonly KnownPhoto[] = photos,
): Promise<ImportedAnnotations> {
  const answer = await createAnnotationReader(codecs).read(files, known, () => {});
  if (!answer.ok) throw new Error(answer.problem.kind);
  return answer.value;
}

function expectAll(found: ImportedAnnotations): void {
  expect(found.problems).toEqual([]);
  expect(found.unknown).toEqual([]);
  const masks = new Map(
    found.classes.flatMap(({ className, masks }) =>
      [...masks].map(([photo, { rle }]) => [`${className} ${photo}`, rle] as const),
    ),
  );
  const expected = shapes.flatMap((mask, i) =>
    maskArea(mask) === 0
      ? []
      : [[`${classes[i % 2]} photo ${i}`, rleToText(encodeRle(mask))] as const],
  );
  expect(masks).toEqual(new Map(expected));
}

const coco = { source: '', classes, images, segmentation: 'rle' } as const;

test.each([
  ['COCO', planCoco(coco)],
  ['Datumaro', planDatumaro(images, classes)],
  ['CVAT', planCvat(images, classes)],
  ['Pascal VOC', planVoc(images, classes)],
  ['YOLO', planYolo(images, classes)],
])('a dataset of %s comes back exactly', async (kind, plan) => {
  const found = await read(await filesOf(plan));
  expectAll(found);
  expect(found.kinds.map((one) => one.kind)).toEqual([kind]);
});

const side = fc.integer({ min: 1, max: 24 });
const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 256, size: 'max' }),
  })
  .map(blockMask);

test.each([
  ['Pascal VOC', (mask: Mask) => filesOf(planVoc([pictureOf(mask)], ['cat']))],
  [
    'mask PNG',
    async (mask: Mask) => [
      { path: 'a.zip/masks/cat/a.png', blob: new Blob([encodeMaskPng(mask)]) },
    ],
  ],
])('any mask comes back exactly as %s', async (_, write) => {
  await fc.assert(
    fc.asyncProperty(anyMask, async (mask) => {
      const { width, height } = mask;
      const paths = ['a.zip/variants/cat/a.png', 'a.zip/annotations/voc/JPEGImages/t_a.png'];
      const found = await read(await write(mask), [{ hash: 'p', width, height, paths }]);
      const masks = maskArea(mask) === 0 ? [] : [rleToText(encodeRle(mask))];
      expect(found.problems).toEqual([]);
      expect(found.classes.map(({ masks }) => masks.get('p')?.rle)).toEqual(masks);
    }),
    { numRuns: 40 },
  );
});

test('of an archive with every format each mask counts once', async () => {
  const plans = [planYolo, planVoc, planCvat, planDatumaro].flatMap((plan) =>
    plan(images, classes),
  );
  const masks = shapes.map((mask, i) => ({
    path: `a.zip/masks/t/${i}.png`,
    blob: new Blob([encodeMaskPng(mask)]),
  }));
  const found = await read([...masks, ...(await filesOf([...plans, ...planCoco(coco)]))]);
  expectAll(found);
  expect(found.kinds).toEqual([{ kind: 'COCO', photos: shapes.length - 1 }]);
});

test('mask PNGs are found by the photo’s name; their folder is the class', async () => {
  const [mask] = shapes;
  const { width, height } = mask;
  const known = [{ hash: 'p', width, height, paths: ['zoo/Bear.JPG'] }];
  const blob = new Blob([encodeMaskPng(mask)]);
  const rle = rleToText(encodeRle(mask));
  for (const [path, className] of [
    ['masks/brown bear/bear.png', 'brown bear'],
    ['zoo/Bear_mask.png', 'object'],
  ]) {
    const found = await read([{ path, blob }], known);
    const masks = new Map([['p', { width, height, rle }]]);
    expect(found.classes).toEqual([{ className, masks, objects: [masks] }]);
  }
});

test('YOLO labels take their names from classes.txt where no data.yaml gives them', async () => {
  const known = [{ hash: 'p', width: 4, height: 4, paths: ['images/a.jpg'] }];
  const file = (path: string, text: string) => ({ path, blob: new Blob([text]) });
  const label = file('labels/a.txt', '1 0 0 1 0 1 1 0 1\n');
  const classNames = async (...others: AnnotationFile[]) =>
    (await read([label, ...others], known)).classes.map(({ className }) => className);
  expect(await classNames(file('labels/classes.txt', 'dog\r\ncat\r\n'))).toEqual(['cat']);
  expect(
    await classNames(file('classes.txt', 'dog\ncat'), file('data.yaml', 'names: [dog, lion]')),
  ).toEqual(['lion']);
  expect(await classNames()).toEqual(['class 1']);
});

test('a label map may give a class the white that means “do not count” elsewhere', async () => {
  const [mask] = shapes;
  const { width, height } = mask;
  const known = [{ hash: 'p', width, height, paths: ['a.jpg'] }];
  const picture = { path: 'SegmentationClass/a.png', blob: new Blob([encodeMaskPng(mask)]) };
  const colours = { path: 'labelmap.txt', blob: new Blob(['sky:255,255,255::\n']) };
  expect((await read([picture], known)).classes).toEqual([]);
  expect((await read([picture, colours], known)).classes).toMatchObject([{ className: 'sky' }]);
});

test('objects of one class are joined and apart; unknown photos and boxes are counted', async () => {
  const file = {
    images: [
      { id: 1, file_name: 'x/a.jpg', width: 4, height: 1 },
      { id: 2, file_name: 'gone.jpg', width: 4, height: 1 },
      { id: 3, file_name: 'b.jpg', width: 4, height: 1 },
    ],
    categories: [{ id: 7, name: ' cat ' }],
    annotations: [
      { image_id: 1, category_id: 7, segmentation: { size: [1, 4], counts: [0, 1, 3] } },
      { image_id: 1, category_id: 7, segmentation: { size: [1, 4], counts: [2, 2] } },
      { image_id: 3, category_id: 7, segmentation: { size: [1, 4], counts: [1, 1, 2] } },
      { image_id: 3, category_id: 7, segmentation: { size: [1, 4], counts: [1, 1, 2] } },
      { image_id: 2, category_id: 7, segmentation: { size: [1, 4], counts: [4] } },
      { image_id: 1, category_id: 7, bbox: [0, 0, 1, 1] },
    ],
  };
  const known = [
    { hash: 'a', width: 4, height: 1, paths: ['a.jpg'] },
    { hash: 'b', width: 4, height: 1, paths: ['b.jpg'] },
  ];
  const given = (...runs: number[]) => ({ width: 4, height: 1, rle: rleToText(runs) });
  const found = await read([{ path: 'c.json', blob: new Blob([JSON.stringify(file)]) }], known);
  const only = given(1, 1, 2);
  expect(found.classes).toEqual([
    {
      className: 'cat',
      masks: new Map([
        ['a', given(0, 1, 1, 2)],
        ['b', only],
      ]),
      // The largest of each photo first.
      objects: [
        new Map([
          ['a', given(2, 2)],
          ['b', only],
        ]),
        new Map([['a', given(0, 1, 3)]]),
      ],
    },
  ]);
  expect([found.unknown, found.others, found.problems]).toEqual([['gone.jpg'], 1, []]);
});

const withSegmentation = (segmentation: unknown) =>
  JSON.stringify({
    images: [{ id: 1, file_name: 'a.jpg', width: 4, height: 1 }],
    categories: [{ id: 1, name: 'cat' }],
    annotations: [{ image_id: 1, category_id: 1, segmentation }],
  });
const cvat = (inside: string) =>
  `<annotations><image name="a.jpg" width="4" height="1">${inside}</image></annotations>`;

const BAD: readonly (readonly [
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
  kind: string,
  place: string,
])[] = [
  ['cut.json', '{"images": [', 'malformed', ''],
  ['other.json', '{"a": 1}', 'unknown-format', ''],
  ['latin.json', latin1('{"ä": 1}'), 'not-utf8', ''],
  ['short.json', withSegmentation({ size: [1, 4], counts: [1] }), 'bad-value', 'annotations[0]'],
  ['long.json', withSegmentation({ size: [1, 4], counts: 'zzz' }), 'bad-value', 'annotations[0]'],
  ['size.json', withSegmentation({ size: [9, 9], counts: [81] }), 'bad-value', 'annotations[0]'],
  ['line.json', withSegmentation([[0, 0, 1, 1]]), 'bad-value', 'annotations[0]'],
  [
    'negative.json',
    withSegmentation({ size: [1, 4], counts: [-1, 5] }),
    'bad-value',
    'annotations[0]',
  ],
  ['cut.xml', '<annotations><image', 'malformed', 'line 1'],
  [
    'bomb.xml',
    '<!DOCTYPE a [<!ENTITY b "c">]><annotations>&b;</annotations>',
    'malformed',
    'line 1',
  ],
  ['deep.xml', '<a>'.repeat(100_000), 'malformed', 'line 1'],
  ['html.xml', '<html></html>', 'unknown-format', ''],
  [
    'box.xml',
    cvat('<mask label="c" rle="9" left="0" top="0" width="9" height="1"/>'),
    'bad-value',
    'line 1',
  ],
  ['data.yaml', 'names: {0: cat', 'malformed', 'line 1'],
  ['labels/a.txt', '0 0.1 0.2 x', 'bad-value', 'line 1'],
  ['labels/a.txt', '\n0 0.1 0.2 1.5 0.3 0.2 0.2', 'bad-value', 'line 2'],
  ['masks/a.png', 'no picture', 'malformed', ''],
  ['masks/a.png', encodeMaskPng(shapes[0]), 'wrong-size', ''],
];

test.each(BAD)('%s is one problem, and the rest goes on', async (path, content, kind, place) => {
  const known = [{ hash: 'a', width: 4, height: 1, paths: ['a.jpg'] }];
  const good = withSegmentation({ size: [1, 4], counts: [1, 3] });
  const found = await read(
    [
      { path, blob: new Blob([content]) },
      { path: 'good.json', blob: new Blob([good]) },
    ],
    known,
  );
  expect(found.problems).toMatchObject([{ file: path, place, fault: { kind } }]);
  expect(found.classes).toHaveLength(1);
});
