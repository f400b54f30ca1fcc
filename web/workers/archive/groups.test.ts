import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureOf, SHAPES } from '../../core/export/annotations/testing/pictures.ts';
import type { PlannedFile } from '../../core/export/planned-file.ts';
import { groupsOf, identityOf } from './groups.ts';

const image = pictureOf(SHAPES['a part with two holes'], { key: 'k' });
const stored = (i: number): PlannedFile => ({
  path: `variants/a/${i}.png`,
  key: `${i}`,
  role: 'image',
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
        const groups = [...groupsOf(files)];
        expect(groups.flat()).toEqual(files);
        for (const group of groups) expect(group.length).toBeLessThanOrEqual(128);
      }),
    );
  });

  test('a file more leaves the others as they were', () => {
    const files = Array.from({ length: 2000 }, (_, i) => stored(i));
    const before = new Set([...groupsOf(files)].map((group) => JSON.stringify(group)));
    const more = [...files.slice(0, 700), stored(9999), ...files.slice(700)];
    const changed = [...groupsOf(more)].filter((group) => !before.has(JSON.stringify(group)));
    expect(before.size).toBeGreaterThan(40);
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  test('what is made of the whole dataset is not mixed with results', () => {
    const groups = [...groupsOf([text, stored(1), coco])];
    expect(groups).toEqual([[text], [stored(1)], [coco]]);
  });
});

describe('the identity of a group', () => {
  const known = new Map([
    ['1/image', { crc: 5, bytes: 6 }],
    ['k/image', { crc: 7, bytes: 8 }],
  ]);

  test('changes with path, result, checksum and mask', async () => {
    const other = pictureOf(SHAPES['a part with two holes'], { key: 'k', classIndex: 3 });
    const identities = [
      await identityOf([stored(1)], known),
      await identityOf([{ path: 'b.png', key: '1', role: 'image' }], known),
      await identityOf([stored(1)], new Map([['1/image', { crc: 6, bytes: 6 }]])),
      await identityOf([stored(1), label], known),
      await identityOf([label], known),
      await identityOf([overlay], known),
      await identityOf([{ path: 'a.txt', make: { kind: 'yolo-label', image: other } }], known),
    ];
    expect(new Set(identities).size).toBe(identities.length);
    expect(identities).not.toContain(null);
    expect(await identityOf([stored(1)], known)).toBe(identities[0]);
  });

  test('is unknown while a result has no checksum, and of what is made of everything', async () => {
    expect(await identityOf([stored(2)], known)).toBeNull();
    expect(await identityOf([overlay], new Map())).toBeNull();
    expect(await identityOf([text], known)).toBeNull();
    expect(await identityOf([coco], known)).toBeNull();
  });
});
