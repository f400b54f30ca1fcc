import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask, type Mask, maskArea } from '../../mask/mask.ts';
import { blockMask, drawnMask } from '../../mask/testing/masks.ts';
import { cvatXml } from './cvat.ts';
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

const xmlOf = (mask: Mask) =>
  [...cvatXml({ classes: ['cat'], images: [pictureOf(mask)] })].join('');

/** As CVAT draws a mask: `cvat-core/src/object-utils.ts`, rows of the box, outside first. */
function drawnByCvat(xml: string, { width, height }: Mask): Mask {
  const mask = createMask(width, height);
  const tag = /<mask [^>]*>/.exec(xml)?.[0];
  if (!tag) return mask;
  const value = (name: string) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '';
  const pixels = value('rle')
    .split(', ')
    .flatMap((run, index) => new Array<number>(Number(run)).fill(index % 2));
  const [left, top, boxWidth, boxHeight] = ['left', 'top', 'width', 'height'].map((name) =>
    Number(value(name)),
  );
  expect(pixels).toHaveLength(boxWidth * boxHeight);
  pixels.forEach((pixel, i) => {
    const y = top + Math.floor(i / boxWidth);
    mask.data[y * width + left + (i % boxWidth)] = pixel;
  });
  return mask;
}

test.each(Object.entries(SHAPES))('%s comes back exactly', (_, mask) => {
  expect(drawnByCvat(xmlOf(mask), mask)).toEqual(mask);
});

test('any mask comes back exactly', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      expect(drawnByCvat(xmlOf(mask), mask)).toEqual(mask);
    }),
  );
});

test('an empty mask is a picture without object; every picture is there once', () => {
  const masks = [drawnMask('.#'), drawnMask('..')];
  const images = masks.map((mask, id) => pictureOf(mask, { id, file: `variants/${id}.png` }));
  const xml = [...cvatXml({ classes: ['cat'], images })].join('');
  expect(xml.match(/<image /g)).toHaveLength(2);
  expect(xml.match(/<mask /g)).toHaveLength(masks.filter(maskArea).length);
  expect(xml).toContain('<size>2</size>');
});

const script =
  'import sys,json,xml.etree.ElementTree as t;r=t.fromstring(sys.stdin.buffer.read());' +
  'print(json.dumps([[x.text for x in r.iter("name")][1:],[m.get("label") for m in r.iter("mask")]]))';
const python = (input: string) => spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });

test.skipIf(python('<a/>').status !== 0)('Python’s XML parser reads any class name', () => {
  const images = HOSTILE_NAMES.map((className) => pictureOf(drawnMask('#'), { className }));
  const { stdout } = python([...cvatXml({ classes: HOSTILE_NAMES, images })].join(''));
  expect(JSON.parse(stdout)).toEqual([[...HOSTILE_NAMES], [...HOSTILE_NAMES]]);
});
