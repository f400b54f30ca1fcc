import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureOf, SHAPES } from '../../core/export/annotations/testing/pictures.ts';
import type { PlannedFile } from '../../core/export/planned-file.ts';
import { bundlesOf, identityOf } from './groups.ts';

const image = pictureOf(SHAPES['a part with two holes'], { key: 'k' });
const stored = (i: number): PlannedFile => ({
  path: `variants/a/${i}.png`,
  key: `${i}`,
  role: 'image',
  sha256: `sha-${i}`,
});
const label: PlannedFile = { path: 'a.txt', make: { kind: 'yolo-label', image } };
const overlay: PlannedFile = { path: 'a.jpg', make: { kind: 'overlay', image } };
const text: PlannedFile = { path: 'manifest.json', text: '{}' };
const coco: PlannedFile = {
  path: 'coco.json',
  make: {
    kind: 'coco',
    coco: { source: 's', classes: ['cat'], images: [image], segmentation: 'rle' },
  },
};

describe('groups', () => {
  const plan = fc.uniqueArray(fc.nat(5000), { maxLength: 600 });

  test('hold every file once, in order, and never too many', () => {
    fc.assert(
      fc.property(plan, (numbers) => {
        const files = [text, ...numbers.map(stored), coco, label];
        const bundles = bundlesOf(files);
        expect(bundles.flat(2)).toEqual(files);
        for (const bundle of bundles) {
          expect(bundle.length).toBeLessThanOrEqual(48);
          for (const group of bundle) expect(group.length).toBeLessThanOrEqual(12);
        }
      }),
    );
  });

  test('a file more leaves the others as they were', () => {
    const files = Array.from({ length: 2000 }, (_, i) => stored(i));
    const more = [...files.slice(0, 700), stored(9999), ...files.slice(700)];
    const [before, after] = [bundlesOf(files), bundlesOf(more)];
    const changed = (last: readonly unknown[], next: readonly unknown[]) => {
      const known = new Set(last.map((part) => JSON.stringify(part)));
      return next.filter((part) => !known.has(JSON.stringify(part))).length;
    };
    expect(before.flat().length).toBeGreaterThan(300);
    expect(before.length).toBeGreaterThan(40);
    expect(changed(before.flat(), after.flat())).toBeLessThanOrEqual(2);
    expect(changed(before, after)).toBeLessThanOrEqual(2);
  });

  test('what is made of the whole dataset is not mixed with results', () => {
    expect(bundlesOf([text, stored(1), coco])).toEqual([[[text]], [[stored(1)]], [[coco]]]);
  });
});

describe('the identity of a group', () => {
  test('changes with path, bytes and mask', async () => {
    const image2 = pictureOf(SHAPES['a part with two holes'], { key: 'k', classIndex: 3 });
    const bytes2 = pictureOf(SHAPES['a part with two holes'], { key: 'k', sha256: 'other' });
    const identities = [
      await identityOf([stored(1)]),
      await identityOf([{ ...stored(1), path: 'b.png' }]),
      await identityOf([{ path: 'variants/a/1.png', key: '1', role: 'image', sha256: 'other' }]),
      await identityOf([stored(1), label]),
      await identityOf([label]),
      await identityOf([overlay]),
      await identityOf([{ path: 'a.jpg', make: { kind: 'overlay', image: bytes2 } }]),
      await identityOf([{ path: 'a.txt', make: { kind: 'yolo-label', image: image2 } }]),
    ];
    expect(new Set(identities).size).toBe(identities.length);
    expect(identities).not.toContain(null);
    expect(await identityOf([stored(1)])).toBe(identities[0]);
  });

  test('is unknown of what is made of everything', async () => {
    expect(await identityOf([text])).toBeNull();
    expect(await identityOf([coco])).toBeNull();
    expect(await identityOf([stored(1), coco])).toBeNull();
  });
});
