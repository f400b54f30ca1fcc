import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { readCompressedRle } from '../core/export/annotations/testing/coco-reader.ts';
import type { Size } from '../core/geometry/spaces.ts';
import { createMask, type Mask } from '../core/mask/mask.ts';
import { encodeRle } from '../core/mask/rle.ts';
import { type Archive, openArchive } from './archive.ts';
import { makeFolder, sample, sizeOf, writeInto } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { FIRST_MASK, type WorkshopPage, workshopOn } from './workshop-page.ts';

/* Masks that others made: in from COCO, through edits, out in every format; then the project file. */
test.describe.configure({ mode: 'serial' });

const PHOTOS = ['koala.jpg', 'moose.jpg'];

let page: Page;
let workshop: WorkshopPage;
let folder: string;
let masks: readonly Mask[];
let archive: Archive;

/** A disc with a hole, somewhere else in each photo. */
function ring({ width, height }: Size, at: number): Mask {
  const mask = createMask(width, height);
  const reach = Math.min(width, height) / 4;
  for (let i = 0; i < mask.data.length; i += 1) {
    const x = (i % width) - width * at;
    const y = Math.floor(i / width) - height / 2;
    const distance = Math.hypot(x, y);
    mask.data[i] = distance < reach && distance > reach / 3 ? 1 : 0;
  }
  return mask;
}

test.beforeAll(async ({ browser }) => {
  folder = await makeFolder();
  const sizes = await Promise.all(PHOTOS.map((name) => sizeOf(sample(name))));
  masks = sizes.map((size, i) => ring(size, 0.4 + i * 0.2));
  page = await (await browser.newContext()).newPage();
  workshop = workshopOn(page);
});
test.afterAll(async () => {
  await page.context().close();
  await rm(folder, { recursive: true });
});

test('photos and their annotations come in together; what cannot be used is named', async () => {
  const coco = {
    images: [...PHOTOS, 'elsewhere.jpg'].map((file_name, id) => ({
      id,
      file_name,
      width: masks[id]?.width ?? 9,
      height: masks[id]?.height ?? 9,
    })),
    categories: [{ id: 1, name: 'animal' }],
    annotations: [
      ...masks.map((mask, image_id) => ({
        image_id,
        category_id: 1,
        segmentation: { size: [mask.height, mask.width], counts: encodeRle(mask) },
      })),
      { image_id: 2, category_id: 1, segmentation: { size: [9, 9], counts: [81] } },
      { image_id: 0, category_id: 1, segmentation: { size: [9, 9], counts: [81] } },
    ],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(coco));
  const file = await writeInto(folder, 'instances.json', bytes);
  await workshop.open();
  await workshop.addFiles([...PHOTOS.map(sample), file]);
  const dialog = page.getByRole('dialog', { name: 'Imported annotations' });
  await expect(dialog.getByText('COCO: 1 class, 2 masks on 2 photos.')).toBeVisible({
    timeout: FIRST_MASK,
  });
  await dialog.getByText(/^Left out: 1 picture not in the dataset; 1 thing/).click();
  await expect(dialog.getByText('“elsewhere.jpg” is not in the dataset.')).toBeVisible();
  await expect(dialog.getByText(/its mask has another size than its image/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Make 1 template' }).click();
  await workshop.reads('1 template made from imported masks.');
});

test('the template shows each photo’s own mask and takes edits', async () => {
  const template = templateOn(page);
  await expect(template.inspector.getByLabel('Name', { exact: true })).toHaveValue('animal');
  await expect.poll(() => template.edgePixels()).toBeGreaterThan(0);
  await template.setEdit('Hue', '90');
});

test('every format holds the masks exactly', async () => {
  const results = resultsOn(page);
  await workshop.goTo('Variants');
  await page.getByRole('button', { name: 'Export options…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export options' });
  for (const label of ['YOLO segmentation', 'Pascal VOC', 'CVAT', 'Datumaro', 'Overlays']) {
    await dialog.getByLabel(label, { exact: true }).check();
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  await results.generate();
  await results.finishes(/^2 variants made\.$/);
  archive = await openArchive(await results.downloadZip(join(folder, 'all.zip')));

  const coco = JSON.parse(await archive.text('annotations/coco.json'));
  const cvat = await archive.text('annotations/cvat/annotations.xml');
  for (const [i, name] of ['koala', 'moose'].entries()) {
    const mask = masks[i];
    expect(await archive.mask(`masks/animal/${name}.png`)).toEqual(mask);
    const { counts } = coco.annotations[i].segmentation;
    expect(readCompressedRle(counts, mask.height, mask.width)).toEqual(mask);
    expect(cvat).toContain(`name="variants/animal/${name}.png"`);
    const overlay = await archive.pixels(`overlays/animal/${name}.jpg`);
    expect(Math.max(overlay.width, overlay.height)).toBeLessThanOrEqual(800);
  }
  const masksAnywhere = archive.paths.filter((path) => path.startsWith('annotations/'));
  expect(
    masksAnywhere.filter((path) => /datumaro\/annotations\/\w+\.json$/.test(path)),
  ).toHaveLength(2);
  expect(
    masksAnywhere.filter((path) => path.endsWith('.txt') && path.includes('/labels/')),
  ).toHaveLength(2);

  const recipe = JSON.parse(await archive.text('recipe.json'));
  expect(recipe.templates[0]).toMatchObject({ placement: 'given-masks' });
  expect(recipe.templates[0].masks).toHaveLength(2);
});

test('our own archive can be imported again', async () => {
  await workshop.goTo('Photos');
  await workshop.addFiles([join(folder, 'all.zip')]);
  const dialog = page.getByRole('dialog', { name: 'Imported annotations' });
  // Every picture of the archive is decoded before its annotations are read.
  await expect(dialog.getByText('COCO: 1 class, 2 masks on 2 photos.')).toBeVisible({
    timeout: FIRST_MASK,
  });
  await expect(dialog.getByText(/^Left out/)).toBeHidden();
  await dialog.getByRole('button', { name: 'Leave out' }).click();
  await workshop.seesPhotos(4);
  await expect(workshop.refused).toBeHidden();
});

test('the whole project goes into one file, and replaces what is there', async () => {
  await page.getByRole('button', { name: 'Save project…' }).click();
  const saving = page.getByRole('dialog', { name: 'Save project' });
  await saving.getByLabel('Results too').check();
  const download = page.waitForEvent('download');
  await saving.getByRole('button', { name: 'Save project' }).click();
  const file = join(folder, 'all.maskwright');
  await (await download).saveAs(file);

  for (const name of PHOTOS) {
    await page.getByRole('button', { name: `Remove ${name}` }).click();
  }
  await workshop.seesPhotos(2);
  await workshop.addFiles([file]);
  const opening = page.getByRole('dialog', { name: 'Open project' });
  await expect(opening.getByText('It holds 4 photos, 1 template and 2 results')).toBeVisible();
  await opening.getByRole('button', { name: 'Replace everything' }).click();
  await workshop.seesPhotos(4);
  await workshop.goTo('Variants');
  await expect(resultsOn(page).made).toHaveCount(2);
});
