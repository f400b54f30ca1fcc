import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openArchive } from './archive.ts';
import { expectSameInNode } from './archive-checks.ts';
import { makeFolder, sample } from './photo-files.ts';
import { type ResultsPage, resultsOn } from './results-page.ts';
import { type TemplatePage, templateOn } from './template-page.ts';
import { type WorkshopPage, workshopOn } from './workshop-page.ts';

/* Ranges, presets and output settings, on whole images: no model is needed. In order, one page. */
test.describe.configure({ mode: 'serial' });

let page: Page;
let workshop: WorkshopPage;
let template: TemplatePage;
let results: ResultsPage;
let folder: string;
const sources = ['sheep.jpg', 'koala.jpg'].map(sample);

test.beforeAll(async ({ browser }) => {
  folder = await makeFolder();
  page = await (await browser.newContext()).newPage();
  workshop = workshopOn(page);
  template = templateOn(page);
  results = resultsOn(page);
});
test.afterAll(async () => {
  await page.context().close();
  await rm(folder, { recursive: true });
});

const vary = (edit: string) => page.getByRole('button', { name: `Vary ${edit}`, exact: true });
const count = () => template.inspector.getByLabel('Variants of each photo');

test('an edit becomes a range by its switch, sliders, numbers and keyboard', async () => {
  await workshop.open();
  await workshop.addFiles(sources);
  await workshop.seesPhotos(2);
  await workshop.openPhoto('sheep.jpg');
  await template.placeOnOtherPhotos('Whole image');
  await template.saveAs('flock', 'sheep');

  await vary('hue').press('Enter');
  await expect(vary('hue')).toHaveAttribute('aria-pressed', 'true');
  await expect(vary('hue')).toBeFocused();
  await expect(template.number('Hue from')).toHaveValue('-30');
  await expect(template.number('Hue to')).toHaveValue('30');
  await page.getByRole('slider', { name: 'Hue to' }).press('End');
  await expect(template.number('Hue to')).toHaveValue('180');
  await page.getByRole('slider', { name: 'Hue from' }).press('ArrowRight');
  await expect(template.number('Hue from')).toHaveValue('-29');
  await template.press('Undo');
  await template.press('Undo');
  await expect(template.number('Hue to')).toHaveValue('30');

  await vary('noise').click();
  await template.setEdit('Noise to', '0.1');
  await expect(count()).toHaveValue('5');
  await count().fill('3');
  await count().press('Tab');
  await expect(template.inspector.getByText('2 photos × 3 = 6 variants.')).toBeVisible();
});

test('the preview shows every variant of the photo; other values can be drawn', async () => {
  await template.press('Preview all');
  const dialog = page.getByRole('dialog', { name: '3 variants of sheep.jpg' });
  const cards = dialog.getByRole('list', { name: 'Variants of the photo' }).getByRole('button');
  await expect(cards).toHaveCount(3);
  const made = dialog.locator('[data-made="true"]');
  await expect(made).toHaveCount(3);
  const before = await cards.allInnerTexts();
  expect(new Set(before).size).toBe(3);
  const pictures = await Promise.all((await cards.all()).map((card) => card.screenshot()));
  expect(pictures[0].equals(pictures[1])).toBe(false);
  await dialog.getByRole('button', { name: 'Draw other values' }).click();
  await expect(cards.first()).not.toHaveText(before[0]);
  await expect(made).toHaveCount(3);
  await cards.nth(2).click();
  await expect(dialog).toBeHidden();
  await expect(template.inspector.getByText('3 of 3')).toBeVisible();
});

test('presets are kept, used, undone, shared and deleted', async () => {
  await template.press('Presets');
  const dialog = page.getByRole('dialog', { name: 'Presets' });
  const own = dialog.getByRole('region', { name: 'Your presets' }).getByRole('listitem');
  await dialog.getByLabel('Keep the current edits as').fill('wild hues');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(own).toHaveText(/wild hues.*Hue\s−30…\u206030 · Noise\s0…\u20600\.1 · 3\sa\sphoto/);
  await dialog.getByRole('button', { name: /^Black and white/ }).click();
  await expect(template.number('Saturation')).toHaveValue('-1');
  await expect(vary('hue')).toHaveAttribute('aria-pressed', 'false');
  await template.press('Undo');
  await expect(template.number('Hue from')).toHaveValue('-30');

  await template.press('Presets');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export wild hues' }).click();
  const file = join(folder, 'wild-hues.presets.json');
  await (await download).saveAs(file);
  await dialog.getByRole('button', { name: 'Rename wild hues' }).click();
  await dialog.getByLabel('Name of the preset').fill('tame hues');
  await dialog.getByLabel('Name of the preset').press('Enter');
  await expect(own).toHaveText(/tame hues/);
  await dialog.getByLabel('Preset file').setInputFiles(file);
  await expect(own).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Delete tame hues' }).click();
  await expect(own).toHaveText([/wild hues/]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await template.press('Presets');
  await expect(own).toHaveText([/tame hues/, /wild hues/]);
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('the variants say which they are and what was drawn, and Node makes the same', async () => {
  await workshop.goTo('Variants');
  await expect(page.getByText('1 template × 2 photos × 3 = 6 variants')).toBeVisible();
  await results.generate();
  await results.finishes(/^6 variants made/);
  await expect(results.cards.filter({ hasText: 'flock · 2 of 3' })).toHaveCount(2);
  await results.made.nth(1).click();
  await expect(page.getByRole('dialog').getByText(/^Hue\s.+ · Noise\s.+$/)).toBeVisible();
  await page.keyboard.press('Escape');
  const archive = await openArchive(await results.downloadZip(join(folder, 'first.zip')));
  expect(archive.paths.filter((path) => path.startsWith('variants/')).sort()).toEqual(
    ['koala', 'sheep'].flatMap((stem) => [1, 2, 3].map((n) => `variants/flock/${stem}-${n}.png`)),
  );
  await expectSameInNode(archive, sources);
});

test('smaller pictures bring masks and annotations in their size, the same in Node', async () => {
  await page.getByLabel('Format').selectOption('webp');
  await page.getByRole('button', { name: 'Export options…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export options' });
  await dialog.getByLabel('Without loss').check();
  await dialog.getByRole('button', { name: 'Fast' }).click();
  await dialog.getByLabel('Size').selectOption('640');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await results.generate();
  await results.finishes(/^6 variants made/);
  const archive = await openArchive(await results.downloadZip(join(folder, 'small.zip')));
  const { images } = JSON.parse(await archive.text('annotations/coco.json'));
  for (const { file_name, width, height } of images) {
    const { width: w, height: h } = await archive.pixels(file_name);
    expect([width, height]).toEqual([w, h]);
    expect(Math.max(w, h)).toBe(640);
  }
  await expectSameInNode(archive, sources);
});
