import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openArchive } from './archive.ts';
import { REFUSED, TAKEN, writeBadFiles } from './bad-files.ts';
import { fillDevice, freeDevice, makeFillable } from './device-faults.ts';
import { makeFolder, readBytes, sample, sizeOf, writeInto } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { FIRST_MASK, workshopOn } from './workshop-page.ts';

/*
 * Issue 2's "Bad input": each gets a sentence that names the file and the next step, the rest
 * goes on, and nothing saved is lost.
 */
// Requests are changed on their way here; a service worker would answer them first.
test.use({ serviceWorkers: 'block' });

let folder: string;
test.beforeEach(async () => {
  folder = await makeFolder();
});
test.afterEach(() => rm(folder, { recursive: true }));

/** The users of these tests need no mask: every pixel of every photo is edited. */
async function makeWholeImageTemplate(page: Page): Promise<void> {
  const template = templateOn(page);
  await workshopOn(page).goTo('Templates');
  await template.placeOnOtherPhotos('Whole image');
  await template.saveAs('brighter', 'photo');
  await template.setEdit('Brightness', '0.2');
}

test('a batch of good and bad files: the bad are named with a next step, the good are in', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const bad = await writeBadFiles(folder);
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg'), ...bad, sample('moose.jpg')]);
  await workshop.seesPhotos(2 + Object.keys(TAKEN).length);

  await expect(
    workshop.refused.getByRole('heading', { name: '6 files not added; the others are in.' }),
  ).toBeVisible();
  const lines = workshop.refused.getByRole('listitem');
  await expect(lines).toHaveCount(Object.keys(REFUSED).length);
  for (const [name, sentence] of Object.entries(REFUSED)) {
    const line = lines.filter({ hasText: name });
    await expect(line).toContainText(sentence);
    // After what happened comes what to do.
    await expect(line).toHaveText(/\. [A-Z][^.]{10,}.*\.$/);
  }
  for (const [name, warning] of Object.entries(TAKEN)) {
    if (warning) await expect(workshop.photo(name)).toContainText(warning);
    else await expect(workshop.photo(name)).toContainText('24 × 16');
  }
  await workshop.refused.getByRole('button', { name: 'Dismiss list' }).click();
  await expect(workshop.refused).toBeHidden();
});

test('two files of one name both come in and go out; the same photo twice comes in once', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const results = resultsOn(page);
  for (const [place, animal] of Object.entries({ left: 'pig.jpg', right: 'moose.jpg' })) {
    await mkdir(join(folder, place));
    await writeInto(folder, `${place}/animal.jpg`, await readBytes(sample(animal)));
  }
  await workshop.open();
  await workshop.addFolder(folder);
  await workshop.seesPhotos(2);
  await expect(workshop.photo('animal.jpg')).toHaveCount(2);
  await workshop.addFiles([sample('pig.jpg')]);
  await expect(workshop.refused).toContainText(
    '“pig.jpg” is the same photo as “animal.jpg”, byte for byte.',
  );

  await makeWholeImageTemplate(page);
  await results.generate();
  await results.finishes(/^2 variants made\.$/);
  const archive = await openArchive(await results.downloadZip(join(folder, 'out.zip')));
  expect(archive.paths).toContain('variants/brighter/animal.png');
  expect(archive.paths).toContain('variants/brighter/animal-2.png');
});

test('one photo more than the limit is named, and the limit can be raised', async ({ page }) => {
  const workshop = workshopOn(page);
  await workshop.open();
  await workshop.goToDevice();
  const limit = page.getByLabel('Photos in a dataset (150 unless changed)');
  await expect(limit).toHaveValue('150');
  await limit.fill('1');
  await page.getByRole('button', { name: 'Apply' }).click();
  await workshop.goToWorkshop();
  await workshop.addFiles([sample('pig.jpg'), sample('moose.jpg')]);
  await workshop.seesPhotos(1);
  await expect(workshop.refused).toContainText(
    '“moose.jpg” was left out: the dataset holds 1 photos already.',
  );
  await expect(workshop.refused).toContainText('raise the limit on the Device page');

  await workshop.goToDevice();
  await limit.fill('2');
  await page.getByRole('button', { name: 'Apply' }).click();
  await workshop.goToWorkshop();
  await workshop.addFiles([sample('moose.jpg')]);
  await workshop.seesPhotos(2);
});

test('a photo stays when its original is gone from the disk', async ({ page }) => {
  const workshop = workshopOn(page);
  const results = resultsOn(page);
  await workshop.open();
  await workshop.addFiles([
    await writeInto(folder, 'card.jpg', await readBytes(sample('pig.jpg'))),
  ]);
  await workshop.seesPhotos(1);
  await rm(join(folder, 'card.jpg'));
  // What was in memory is gone; what was kept has to be enough.
  await page.reload();
  await makeWholeImageTemplate(page);
  await results.generate();
  await results.finishes(/^1 variant made\.$/);
});

test('a damaged model is named, and “Try again” fetches it anew', async ({ page }) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const isModel = /\/models\/.*decoder/;
  await page.route(isModel, (route) => route.fulfill({ body: 'not the model' }));
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg')]);
  await workshop.seesPhotos(1);
  await expect(page.getByRole('link', { name: 'Segmentation is off' })).toBeVisible({
    timeout: FIRST_MASK,
  });
  const size = await sizeOf(sample('pig.jpg'));
  await workshop.openPhoto('pig.jpg');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  const message = page.getByText(/The model file .*decoder.* is damaged: its checksum/);
  await expect(message).toBeVisible({ timeout: FIRST_MASK });
  await workshop.goToDevice();
  await expect(page.getByRole('alert')).toContainText('press “Try again” to fetch it anew');

  await page.unroute(isModel);
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Ready, works without a network')).toBeVisible({
    timeout: FIRST_MASK,
  });
  await workshop.goToWorkshop();
  await workshop.openPhoto('pig.jpg');
  await template.press('Clear clicks');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  await template.seesMask();
});

test('without WebAssembly threads it works, slower, and the Device page says so', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  await page.route('/', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  await workshop.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await workshop.addFiles([sample('pig.jpg')]);
  await workshop.seesPhotos(1);
  const size = await sizeOf(sample('pig.jpg'));
  await workshop.openPhoto('pig.jpg');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  await template.seesMask();
  await workshop.goToDevice();
  await expect(page.getByText(/^WebAssembly, 1 thread: .*not cross-origin isolated/)).toBeVisible();
});

test('a full device: what does not fit is named, nothing saved is lost, and it goes on', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const results = resultsOn(page);
  await makeFillable(page);
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg'), sample('moose.jpg')]);
  await workshop.seesPhotos(2);
  await fillDevice(page);
  await workshop.addFiles([sample('koala.jpg')]);
  await expect(workshop.refused).toContainText(
    '“koala.jpg” was not saved: this browser’s storage is full.',
  );
  await expect(workshop.refused).toContainText('then add it again.');
  await workshop.seesPhotos(2);

  await freeDevice(page);
  await makeWholeImageTemplate(page);
  await results.generate();
  await results.finishes(/^2 variants made\.$/);
  await workshop.goTo('Photos');
  await workshop.addFiles([sample('koala.jpg')]);
  await workshop.seesPhotos(3);
  await fillDevice(page);
  await results.generate();
  await workshop.reads(/^The run was not begun: This device has no room left/);
  await workshop.reads(/^Download and delete results you no longer need/);
  await expect(results.made).toHaveCount(2);

  await freeDevice(page);
  await page.reload();
  await expect(results.made).toHaveCount(2);
  await results.generate();
  await results.finishes(/^1 variant made\.$/);
  await expect(results.made).toHaveCount(3);
});
