import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createMask, type Mask } from '../core/mask/mask.ts';
import { encodeRle } from '../core/mask/rle.ts';
import { openArchive } from './archive.ts';
import { makeFolder, sample, sizeOf, writeInto } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { FIRST_MASK, workshopOn } from './workshop-page.ts';

/* Two objects of one class on a photo, imported each by itself. */
const PHOTOS = ['koala.jpg', 'moose.jpg'];

let folder: string;
test.beforeEach(async () => {
  folder = await makeFolder();
});
test.afterEach(() => rm(folder, { recursive: true }));

/** A block between two shares of the width. */
function block({ width, height }: Mask, from: number, to: number): Mask {
  const mask = createMask(width, height);
  for (let y = 10; y < 60; y += 1) {
    mask.data.fill(1, y * width + Math.round(width * from), y * width + Math.round(width * to));
  }
  return mask;
}

test('each object of a class can have a template of its own', async ({ page }) => {
  const sizes = await Promise.all(PHOTOS.map((name) => sizeOf(sample(name))));
  const [koala, moose] = sizes.map(({ width, height }) => createMask(width, height));
  const small = block(koala, 0, 0.1);
  const large = block(koala, 0.5, 0.9);
  const only = block(moose, 0.2, 0.4);
  const object = (image_id: number, mask: Mask) => ({
    image_id,
    category_id: 1,
    segmentation: { size: [mask.height, mask.width], counts: encodeRle(mask) },
  });
  const coco = {
    images: PHOTOS.map((file_name, id) => ({ id, file_name, ...sizes[id] })),
    categories: [{ id: 1, name: 'animal' }],
    annotations: [object(0, small), object(0, large), object(1, only)],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(coco));
  const file = await writeInto(folder, 'instances.json', bytes);
  const workshop = workshopOn(page);
  await workshop.open();
  await workshop.addFiles([...PHOTOS.map(sample), file]);

  const dialog = page.getByRole('dialog', { name: 'Imported annotations' });
  await expect(dialog.getByText('COCO: 1 class, 3 masks on 2 photos.')).toBeVisible({
    timeout: FIRST_MASK,
  });
  await expect(dialog.getByText('Up to 2 objects of one class on a photo:')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Make 1 template' })).toBeVisible();
  await dialog.getByRole('button', { name: 'A template each' }).click();
  await dialog.getByRole('button', { name: 'Make 2 templates' }).click();
  await workshop.reads('2 templates made from imported masks.');

  const results = resultsOn(page);
  await workshop.goTo('Variants');
  await results.generate();
  await results.finishes(/^3 variants made/);
  const archive = await openArchive(await results.downloadZip(join(folder, 'all.zip')));
  expect(await archive.mask('masks/animal/koala.png')).toEqual(large);
  expect(await archive.mask('masks/animal/moose.png')).toEqual(only);
  expect(await archive.mask('masks/animal-2/koala.png')).toEqual(small);
  expect(archive.paths).not.toContain('masks/animal-2/moose.png');
  const { categories, annotations } = JSON.parse(await archive.text('annotations/coco.json'));
  expect(categories).toMatchObject([{ name: 'animal' }]);
  expect(annotations).toHaveLength(3);
});
