import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskBounds } from '../../mask/bounds.ts';
import { createMask, type Mask } from '../../mask/mask.ts';
import { blockMask, drawnMask } from '../../mask/testing/masks.ts';
import { HOSTILE_NAMES, pictureOf, SHAPES } from './testing/pictures.ts';
import { planYolo, yoloLabel } from './yolo.ts';

const side = fc.integer({ min: 1, max: 16 });

const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 256, size: 'max' }),
  })
  .map(blockMask);

interface Label {
  readonly classIndex: number;
  readonly polygon: readonly (readonly [x: number, y: number])[];
}

/** As Ultralytics splits a label file, with the checks of its `verify_image_label`. */
function readLabel(text: string, { width, height }: Mask): Label[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [classIndex, ...values] = line.split(/\s+/).map(Number);
      expect(values.length).toBeGreaterThanOrEqual(6);
      expect(values.length % 2).toBe(0);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      const polygon = Array.from(
        { length: values.length / 2 },
        (_, i) => [values[i * 2] * width, values[i * 2 + 1] * height] as const,
      );
      return { classIndex, polygon };
    });
}

/** How often the polygon winds around the centre of each pixel, one ray to the right each. */
function windings({ polygon }: Label, { width, height }: Mask): { odd: Mask; nonZero: Mask } {
  const odd = createMask(width, height);
  const nonZero = createMask(width, height);
  for (let i = 0; i < odd.data.length; i += 1) {
    const px = (i % width) + 0.5;
    const py = Math.floor(i / width) + 0.5;
    let crossings = 0;
    let winding = 0;
    polygon.forEach((from, n) => {
      const to = polygon[(n + 1) % polygon.length];
      const isDown = to[1] > from[1];
      // Always from the top: a bridge must be crossed at the same place both ways.
      const [[ax, ay], [bx, by]] = isDown ? [from, to] : [to, from];
      if (ay > py === by > py) return;
      if (ax + ((py - ay) / (by - ay)) * (bx - ax) <= px) return;
      crossings += 1;
      winding += isDown ? 1 : -1;
    });
    odd.data[i] = crossings % 2;
    nonZero.data[i] = winding === 0 ? 0 : 1;
  }
  return { odd, nonZero };
}

function expectSame(mask: Mask): void {
  const labels = readLabel(yoloLabel(pictureOf(mask, { classIndex: 3 })), mask);
  if (!maskBounds(mask)) {
    expect(labels).toEqual([]);
    return;
  }
  expect(labels).toHaveLength(1);
  expect(labels[0].classIndex).toBe(3);
  const { odd, nonZero } = windings(labels[0], mask);
  expect(odd).toEqual(mask);
  expect(nonZero).toEqual(mask);
}

describe('one polygon a mask', () => {
  test.each(Object.entries(SHAPES))('%s comes back exactly', (_, mask) => expectSame(mask));

  test('any mask comes back exactly', () => {
    fc.assert(fc.property(anyMask, expectSame), { numRuns: 200 });
  });

  test('coordinates are shares of the picture', () => {
    expect(yoloLabel(pictureOf(drawnMask('....', '.##.')))).toBe(
      '0 0.25 0.5 0.75 0.5 0.75 1 0.25 1\n',
    );
  });

  test('a long staircase with many specks is joined without a blow-up', () => {
    const mask = createMask(1500, 1200);
    for (let i = 0; i < mask.data.length; i += 1) {
      const x = i % 1500;
      const y = Math.floor(i / 1500);
      const isSpeck = x > 1300 && x % 9 === 0 && y % 9 === 0;
      const isHole = x < 1100 && y < 900 && x % 31 < 3 && y % 31 < 3;
      if ((x + y < 2000 && x < 1250 && !isHole) || isSpeck) mask.data[i] = 1;
    }
    const [label] = readLabel(yoloLabel(pictureOf(mask)), mask);
    expect(label.polygon.length).toBeGreaterThan(10_000);
    const xs = label.polygon.map(([x]) => x);
    expect(Math.min(...xs)).toBe(0);
    expect(Math.max(...xs)).toBeGreaterThan(1300);
  });
});

describe('the dataset', () => {
  const mask = drawnMask('.#');
  const image = (id: number, split: 'train' | 'val') =>
    pictureOf(mask, { id, split, name: `images_${id}`, key: `k${id}` });

  /** `img2label_paths` of Ultralytics. */
  const labelOf = (path: string) => {
    const at = path.lastIndexOf('/images/');
    return `${path.slice(0, at)}/labels/${path.slice(at + 8).replace(/\.[^.]*$/, '')}.txt`;
  };

  test('each picture finds its label where Ultralytics looks', () => {
    const paths = planYolo([image(1, 'train'), image(2, 'val')], ['cat']).map(({ path }) => path);
    const pictures = paths.filter((path) => path.endsWith('.png'));
    expect(pictures).toHaveLength(2);
    for (const picture of pictures) expect(paths).toContain(labelOf(picture));
    expect(paths).toHaveLength(5);
  });

  test('an empty split borrows the pictures of the other', () => {
    const yaml = (...images: Parameters<typeof planYolo>[0]) => {
      const [file] = planYolo(images, ['cat']);
      return 'text' in file ? file.text : '';
    };
    expect(yaml(image(1, 'train'), image(2, 'val'))).toBe(
      'train: images/train\nval: images/val\nnames:\n  0: "cat"\n',
    );
    expect(yaml(image(1, 'train'))).toMatch(/^train: images\/train\nval: images\/train\n/);
    expect(yaml(image(1, 'val'))).toMatch(/^train: images\/val\nval: images\/val\n/);
  });

  const script = 'import sys,yaml,json; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read())))';
  const python = (input: string) =>
    spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });

  test.skipIf(python('a: 1').status !== 0)('PyYAML reads every class name back', () => {
    const [file] = planYolo([image(1, 'train')], HOSTILE_NAMES);
    const { status, stdout } = python('text' in file ? file.text : '');
    expect(status).toBe(0);
    expect(Object.values(JSON.parse(stdout).names)).toEqual([...HOSTILE_NAMES]);
  });

  test('a class name never leaves its line', () => {
    const [file] = planYolo([image(1, 'train')], HOSTILE_NAMES);
    const lines = ('text' in file ? file.text : '').split(/[\n\r\u0085\u2028\u2029]/);
    expect(lines).toHaveLength(3 + HOSTILE_NAMES.length + 1);
    expect(lines.slice(3, -1).map((line) => JSON.parse(line.slice(5)))).toEqual([...HOSTILE_NAMES]);
  });
});
