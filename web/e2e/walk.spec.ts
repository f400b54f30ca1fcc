import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import JSZip from 'jszip';
import { type Archive, openArchive } from './archive.ts';
import { expectSameInNode, expectTrueToItsSources, opensWith } from './archive-checks.ts';
import { loseStoredFile } from './device-faults.ts';
import { hasTruth, makeFolder, readBytes, sample, sizeOf, writeInto } from './photo-files.ts';
import { type ResultsPage, resultsOn } from './results-page.ts';
import { type TemplatePage, templateOn } from './template-page.ts';
import { dropFiles, pasteFiles } from './transfers.ts';
import { type Reference, readReferences } from './walk-photos.ts';
import { type WorkshopPage, workshopOn } from './workshop-page.ts';

/*
 * Issue 2's walk, steps 2 to 7, with the real model on real photographs. The tests are its
 * stations: they share one page and come in order.
 */
test.describe.configure({ mode: 'serial' });

let page: Page;
let workshop: WorkshopPage;
let template: TemplatePage;
let results: ResultsPage;
let references: readonly Reference[];
let sources: readonly string[];
/** Of this test run: files to add, archives that were downloaded. */
let folder: string;
let archive: Archive;
const nameOf = ({ path }: Reference) => basename(path);

test.beforeAll(async ({ browser }) => {
  references = await readReferences();
  const others = ['koala.jpg', 'moose.jpg', 'pika.jpg', 'bison.jpg'].map(sample);
  sources = [...references.map(({ path }) => path), ...others];
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

test('an empty Workshop says what to do first', async () => {
  await workshop.open();
  await expect(
    page.getByRole('heading', { name: 'Make a dataset from your photos' }),
  ).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Add photos…' })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Generate', exact: true })).toBeDisabled();
});

test('photos come in by file picker, folder, ZIP, drop and paste', async () => {
  await workshop.addFiles(references.map(({ path }) => path));
  await workshop.seesPhotos(2);
  await mkdir(join(folder, 'zoo'));
  await writeInto(folder, 'zoo/koala.jpg', await readBytes(sample('koala.jpg')));
  await workshop.addFolder(join(folder, 'zoo'));
  await workshop.seesPhotos(3);
  const zip = new JSZip().file('animals/moose.jpg', await readBytes(sample('moose.jpg')));
  const packed = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  await workshop.addFiles([await writeInto(folder, 'animals.zip', new Uint8Array(packed))]);
  await workshop.seesPhotos(4);
  await dropFiles(page, [sample('pika.jpg')]);
  await workshop.seesPhotos(5);
  await pasteFiles(page, [sample('bison.jpg')]);
  await workshop.seesPhotos(6);
  await expect(workshop.refused).toBeHidden();
});

test('a click makes a mask; more clicks, a box, undo and redo change it', async () => {
  const [{ click, size }] = references;
  const corner = { x: size.width * 0.06, y: size.height * 0.06 };
  const otherCorner = { x: size.width * 0.94, y: size.height * 0.06 };
  await workshop.openPhoto(nameOf(references[0]));
  await template.seesNoMask();
  await template.clickObject(click, size);
  const first = await template.seesMask();
  await expect(template.clicks('include')).toHaveCount(1);
  await expect.poll(() => template.edgePixels()).toBeGreaterThan(100);

  await template.rightClick(corner, size);
  await expect(template.clicks('exclude')).toHaveCount(1);
  await template.shiftClick(otherCorner, size);
  await expect(template.clicks('exclude')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(template.clicks('exclude')).toHaveCount(0);
  await template.seesMaskAgain(first);
  await page.keyboard.press('Control+Shift+z');
  await expect(template.clicks('exclude')).toHaveCount(1);
  await template.press('Undo');

  // The switch does for touch what the right button does for the mouse.
  await template.press('Clicks exclude');
  await template.clickObject(corner, size);
  await expect(template.clicks('exclude')).toHaveCount(1);
  await template.press('Clicks include');
  await template.press('Undo');
  await template.seesMaskAgain(first);

  await template.dragBox(corner, { x: size.width * 0.94, y: size.height * 0.94 }, size);
  await expect(template.clicks('include')).toHaveCount(0);
  await template.seesAnotherMaskThan(first);
  await template.press('Clear clicks');
  await template.seesNoMask();
  expect(await template.edgePixels()).toBe(0);
  await template.press('Undo');
  await template.press('Undo');
  await template.seesMaskAgain(first);
});

test('the keys [ and ] step through the candidates', async () => {
  const chosen = await template.seesMask();
  await page.keyboard.press(']');
  const next = await template.seesAnotherMaskThan(chosen);
  await page.keyboard.press('[');
  await template.seesMaskAgain(chosen);
  expect(next).not.toBe(chosen);
});

test('a template is saved when it has a name and a class', async () => {
  await template.save();
  await expect(template.inspector.getByText('Give the template a name.')).toBeVisible();
  await template.name('first object', '');
  await expect(template.inspector.getByText(/Give the object’s class/)).toBeVisible();
  await template.saveAs('first object', 'bird');

  await template.startAnother();
  await workshop.goTo('Photos');
  await workshop.openPhoto(nameOf(references[1]));
  await template.clickObject(references[1].click, references[1].size);
  await template.seesMask();
  await template.name('first object', 'thing');
  await template.save();
  await expect(template.inspector.getByText(/There is already a template/)).toBeVisible();
  await template.saveAs('Second Object!', 'thing');
});

test('sliders, numbers and resets change the result, compared before and after', async () => {
  await template.slider('Saturation').focus();
  await page.keyboard.press('Home');
  await expect(template.number('Saturation')).toHaveValue('-1');
  await template.setEdit('Gamma', '0.5');
  await template.press('Reset gamma');
  await expect(template.number('Gamma')).toHaveValue('0');
  await template.setEdit('Brightness', '0.3');
  await template.press('Reset');
  await expect(template.number('Saturation')).toHaveValue('0');
  await template.setEdit('Saturation', '-1');

  const handle = page.getByRole('slider', { name: 'Before and after' });
  await expect(handle).toHaveAttribute('aria-valuenow', '0');
  const after = await template.canvas.screenshot();
  await handle.press('End');
  await expect(handle).toHaveAttribute('aria-valuenow', '100');
  await expect.poll(async () => (await template.canvas.screenshot()).equals(after)).toBe(false);
  await template.press('Mask');

  await template.inspector.getByRole('button', { name: /^first object/ }).click();
  await template.setEdit('Hue', '120');
  await template.setEdit('Brightness', '0.1');
  await template.setEdit('Noise', '0.05');
});

test('generating is cancelled, goes on where it stopped, and lists one bad photo', async () => {
  await workshop.everyPhotoIsPrepared();
  await loseStoredFile(page, 'pika.jpg');
  await results.generate();
  await results.cancel();
  await results.finishes(/^Cancelled\. \d+ variants? made; they are kept\.$/);
  const kept = await results.made.count();
  expect(kept).toBeLessThan(10);

  await results.generate();
  await expect(results.progress).toBeVisible();
  await results.finishes(/^\d+ variants made, 2 failed\.$/);
  await expect(results.made).toHaveCount(10);
  const bad = results.cards.filter({ hasText: 'pika.jpg' });
  await expect(bad.getByText('“pika.jpg” could not be read from the disk.')).toHaveCount(2);
  await expect(workshop.steps.getByRole('link', { name: '10 / 12' })).toBeVisible();
});

test('the ZIP holds exactly manifest, recipe, variants, masks and annotations', async () => {
  archive = await openArchive(await results.downloadZip(join(folder, 'first.zip')));
  const stems = [...references.map(nameOf), 'koala.jpg', 'moose.jpg', 'bison.jpg'].map((file) =>
    file.replace('.jpg', '.png'),
  );
  const pairs = ['first-object', 'second-object'].flatMap((folder) =>
    stems.flatMap((stem) => [`masks/${folder}/${stem}`, `variants/${folder}/${stem}`]),
  );
  const coco = ['coco', 'coco-train', 'coco-val'].map((stem) => `annotations/${stem}.json`);
  expect(archive.paths.slice(0, 2)).toEqual(['manifest.json', 'recipe.json']);
  expect([...archive.paths.slice(2)].sort()).toEqual([...pairs, ...coco].sort());
  const { images } = JSON.parse(await archive.text('annotations/coco.json'));
  expect(images.map((image: { file_name: string }) => image.file_name).sort()).toEqual(
    pairs.filter((path) => path.startsWith('variants/')).sort(),
  );
});

test('the manifest is true, and outside the masks every byte is the source’s', async () => {
  await expectTrueToItsSources(archive, sources, { done: 10, failed: ['pika.jpg', 'pika.jpg'] });
});

test('the recipe repeats every variant in Node, byte for byte', async () => {
  await expectSameInNode(archive, sources);
});

for (const [program, ...rest] of [
  ['unzip', '-t'],
  ['python3', '-m', 'zipfile', '-t'],
]) {
  test(`the archive opens with ${program}`, async () => {
    const outcome = opensWith(program, [...rest, join(folder, 'first.zip')]);
    test.skip(outcome === 'missing', `${program} is not installed on this machine`);
    expect(outcome).toBe('opened');
  });
}

test('the masks lie on the objects: IoU with the ground truth', async () => {
  test.skip(!hasTruth, 'there is no ../shared/data/clicks with ground truth on this machine');
  for (const [index, folder] of ['first-object', 'second-object'].entries()) {
    const reference = references[index];
    const mask = await archive.mask(`masks/${folder}/${nameOf(reference).replace('jpg', 'png')}`);
    const iou = reference.iou?.(mask) ?? 0;
    const description = `IoU ${nameOf(reference)} ${iou.toFixed(3)}`;
    test.info().annotations.push({ type: 'measured', description });
    expect(iou).toBeGreaterThan(0.85);
  }
});

test('downloading the same project again gives the same bytes', async () => {
  const again = await results.downloadZip(join(folder, 'again.zip'));
  expect(Buffer.compare(await readBytes(again), await readBytes(join(folder, 'first.zip')))).toBe(
    0,
  );
});

test('after a reload photos, templates, edits and results are still there', async () => {
  await page.reload();
  await expect(workshop.steps.getByRole('link', { name: 'Variants 10 / 12' })).toBeVisible();
  await expect(results.made).toHaveCount(10);
  await workshop.goTo('Photos');
  await workshop.seesPhotos(6);
  await workshop.goTo('Templates');
  await template.inspector.getByRole('button', { name: /^first object/ }).click();
  await expect(template.number('Hue')).toHaveValue('120');
  await expect(template.number('Noise')).toHaveValue('0.05');
  await template.inspector.getByRole('button', { name: /^Second Object!/ }).click();
  await expect(template.number('Saturation')).toHaveValue('-1');
});

test('without a network everything works on new photos', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.reload();
  await workshop.goTo('Photos');
  await workshop.addFiles([sample('sheep.jpg'), sample('cow.jpg')]);
  await workshop.seesPhotos(8);

  await workshop.openPhoto('sheep.jpg');
  await template.startAnother();
  const sheep = await sizeOf(sample('sheep.jpg'));
  await template.clickObject({ x: sheep.width / 2, y: sheep.height / 2 }, sheep);
  await template.seesMask();
  await template.saveAs('offline sheep', 'animal');
  await template.setEdit('Hue', '-90');
  await results.generate();
  await results.finishes(/^\d+ variants made, 3 failed\.$/);
  const offline = await openArchive(await results.downloadZip(join(folder, 'offline.zip')));
  expect(offline.paths).toContain('variants/offline-sheep/sheep.png');
  expect(offline.paths).toContain('masks/first-object/cow.png');
  expect(offline.paths.filter((path) => /^(variants|masks)/.test(path))).toHaveLength(2 * 7 * 3);
});
