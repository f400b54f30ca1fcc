import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskBounds } from '../../mask/bounds.ts';
import { createMask } from '../../mask/mask.ts';
import { blockMask, drawnMask } from '../../mask/testing/masks.ts';
import { HOSTILE_NAMES, pictureOf } from './testing/pictures.ts';
import { planVoc, vocPalette, vocXml } from './voc.ts';

const side = fc.integer({ min: 1, max: 16 });

const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 256, size: 'max' }),
  })
  .map(blockMask);

function textOf(files: ReturnType<typeof planVoc>, path: string): string {
  const file = files.find((one) => one.path === `annotations/voc/${path}`);
  if (!file || !('text' in file)) throw new Error(`no ${path}`);
  return file.text;
}

const numberIn = (xml: string, tag: string) => Number(xml.match(`<${tag}>(\\d+)</${tag}>`)?.[1]);

test('boxes count pixels from 1, both ends inside', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const xml = vocXml(pictureOf(mask));
      const box = maskBounds(mask);
      expect(xml.includes('<object>')).toBe(box !== null);
      expect(numberIn(xml, 'width')).toBe(mask.width);
      expect(numberIn(xml, 'height')).toBe(mask.height);
      if (!box) return;
      expect(numberIn(xml, 'xmin') - 1).toBe(box.x0);
      expect(numberIn(xml, 'ymin') - 1).toBe(box.y0);
      expect(numberIn(xml, 'xmax')).toBe(box.x1);
      expect(numberIn(xml, 'ymax')).toBe(box.y1);
    }),
  );
});

test('the palette is that of the VOC development kit', () => {
  const palette = vocPalette();
  const colourOf = (index: number) => [...palette.subarray(index * 3, index * 3 + 3)];
  // background, aeroplane, bicycle, bird, boat, tvmonitor and the border, as published
  expect([0, 1, 2, 3, 4, 20, 255].map(colourOf)).toEqual([
    [0, 0, 0],
    [128, 0, 0],
    [0, 128, 0],
    [128, 128, 0],
    [0, 0, 128],
    [0, 64, 128],
    [224, 224, 192],
  ]);
});

test('the label map names a colour for each class, whatever the name', () => {
  const text = textOf(planVoc([], HOSTILE_NAMES), 'labelmap.txt');
  const lines = text.split('\n');
  expect(lines).toHaveLength(HOSTILE_NAMES.length + 3);
  expect(lines.slice(1, 3)).toEqual(['background:0,0,0::', 'plain:128,0,0::']);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^[^:]*:\d+,\d+,\d+::$/);
});

test('the lists name the pictures of their split', () => {
  const mask = drawnMask('.#');
  const images = [
    pictureOf(mask, { name: 'a' }),
    pictureOf(mask, { name: 'b', split: 'val' }),
    pictureOf(mask, { name: 'c' }),
  ];
  const files = planVoc(images, ['cat']);
  for (const task of ['Segmentation', 'Main']) {
    expect(textOf(files, `ImageSets/${task}/train.txt`)).toBe('a\nc\n');
    expect(textOf(files, `ImageSets/${task}/val.txt`)).toBe('b\n');
  }
});

test('more classes than the mask has indexes are refused', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
  expect(planVoc([], names(254))).toHaveLength(5);
  expect(() => planVoc([], names(255))).toThrow('VOC holds 254 classes, got 255');
});

describe('class names', () => {
  const script =
    'import sys,json,xml.etree.ElementTree as t;' +
    'print(json.dumps([t.fromstring(x).find("object/name").text for x in json.load(sys.stdin)]))';
  const python = (input: string) =>
    spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
  const xmlOf = (className: string) => vocXml(pictureOf(drawnMask('#'), { className }));

  test.skipIf(python('[]').status !== 0)('are read back by Python’s XML parser', () => {
    const { status, stdout } = python(JSON.stringify(HOSTILE_NAMES.map(xmlOf)));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([...HOSTILE_NAMES]);
  });

  test('cannot open a tag or an entity, and lose what XML cannot say', () => {
    for (const name of HOSTILE_NAMES) {
      const inner = xmlOf(name).match(/<name>([\s\S]*)<\/name>/)?.[1] ?? '';
      expect(inner.replace(/&#\d+;/g, '')).not.toMatch(/[<>&"']/);
    }
    expect(xmlOf('a\u0000b\u001fc\ud800d')).toContain('<name>a\ufffdb\ufffdc\ufffdd</name>');
  });

  test('an empty mask is a picture without object', () => {
    expect(vocXml(pictureOf(createMask(2, 2)))).not.toContain('<object>');
  });
});
