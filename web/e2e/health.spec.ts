import { rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { resizeBilinear } from '../core/raster/resize.ts';
import { healthOn } from './health-page.ts';
import {
  codecs,
  makeFolder,
  pixelsOf,
  readBytes,
  sample,
  sizeOf,
  writeInto,
} from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

const DAY = 86_400_000;

let folder: string;

test.beforeAll(async () => {
  folder = await makeFolder();
});

test.afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The pig again: smaller, and compressed harder. */
async function smallPig(): Promise<string> {
  const pig = await pixelsOf(await readBytes(sample('pig.jpg')));
  const side = (length: number) => Math.round(length / 2);
  const half = resizeBilinear(pig, side(pig.width), side(pig.height), { antialias: true });
  return writeInto(folder, 'pig-again.jpg', await codecs.jpeg.encode(half, 60));
}

test('what deserves a look before export is found, shown and dealt with', async ({ page }) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  const health = healthOn(page);
  const size = await sizeOf(sample('pig.jpg'));
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg'), await smallPig(), sample('moose.jpg')]);
  await workshop.seesPhotos(3);
  await workshop.openPhoto('pig.jpg');
  // What is in the corner of a photo is cut off by its border.
  await template.clickObject({ x: size.width * 0.03, y: size.height * 0.97 }, size);
  await template.seesMask();
  await template.saveAs('ground', 'ground');
  await results.generate();
  await results.finishes(/^3 variants made/);

  await health.open();
  await health.hasCompared(3);
  await expect(health.pictures('Nearly the same photo')).toHaveCount(2);
  await expect(health.section('Nearly the same photo')).toContainText('pig-again.jpg');
  await expect(page.getByRole('row', { name: /^ground/ })).toContainText('3');

  const masks = /^(Masks at the border|Huge masks)$/;
  const before = await health.pictures(masks).count();
  expect(before).toBeGreaterThan(0);
  await health.pictures(masks).first().focus();
  await page.keyboard.press('d');
  await expect(health.pictures(masks)).toHaveCount(before - 1);
  await page.reload();
  await health.hasCompared(3);
  await expect(page.getByRole('button', { name: 'Show 1 dismissed' })).toBeVisible();
  await expect(health.pictures(masks)).toHaveCount(before - 1);
  await page.getByRole('button', { name: 'Show 1 dismissed' }).click();
  await expect(health.pictures(masks)).toHaveCount(before);

  await page.getByRole('button', { name: 'Keep only the first' }).click();
  await expect(health.section('Nearly the same photo')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(health.pictures('Nearly the same photo')).toHaveCount(2);

  await page.getByRole('button', { name: 'Variants', exact: true }).click();
  await page.getByRole('button', { name: /^Export options/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^\d things? to look at$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Check the dataset' }).click();
  await health.pictures('Nearly the same photo').first().click();
  await expect(page.getByRole('application', { name: 'Photo pig.jpg' })).toBeVisible();
});

/** When each variant's removal was announced, as noted on the device; null when not yet. */
function reminders(page: Page): Promise<(number | null)[]> {
  return page.evaluate(async () => {
    const opened = indexedDB.open('maskwright');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(opened.error);
    });
    const range = IDBKeyRange.bound('variant:', 'variant;');
    const asked = db.transaction('ages').objectStore('ages').getAll(range);
    await new Promise((resolve) => {
      asked.onsuccess = resolve;
    });
    db.close();
    return asked.result.map(({ remindedAt }) => remindedAt);
  });
}

test('results go after their time, never before the reminder was seen; storage is shown', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  const reminder = page.getByRole('region', { name: 'Reminder' });
  const start = Date.UTC(2030, 0, 1, 12);
  await page.clock.setSystemTime(start);
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg')]);
  await workshop.openPhoto('pig.jpg');
  await template.placeOnOtherPhotos('Whole image');
  await template.saveAs('all', 'all');
  await results.generate();
  await results.finishes(/^1 variant made/);

  await workshop.goToDevice();
  const storage = page.getByRole('region', { name: 'Kept on this device' });
  await expect(storage.getByRole('listitem').filter({ hasText: 'Variants' })).toContainText('MB');
  await page.getByLabel('Variants', { exact: true }).selectOption('30 days');
  // Its age counts from when it was first looked at: not before the clock is moved on.
  await expect.poll(() => reminders(page)).toEqual([null]);

  await page.clock.setSystemTime(start + 40 * DAY);
  await page.reload();
  await expect(reminder).toContainText('1 variant will be removed from this device, from February');
  await expect.poll(() => reminders(page)).toEqual([expect.any(Number)]);
  await page.clock.setSystemTime(start + 46 * DAY);
  await page.reload();
  await expect(reminder).toBeVisible();
  await page.clock.setSystemTime(start + 48 * DAY);
  await page.reload();
  await workshop.reads('1 result removed, as announced.');
  await expect(reminder).toBeHidden();
  await workshop.goToDevice();
  await expect(storage.getByRole('button', { name: 'Remove all photos' })).toBeVisible();
  await expect(storage.getByRole('button', { name: 'Delete all results' })).toBeHidden();

  await storage.getByRole('button', { name: 'Remove all photos' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove all photos' }).click();
  await expect(storage.getByRole('listitem').filter({ hasText: 'Removed photos' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(storage.getByRole('button', { name: 'Remove all photos' })).toBeVisible();
});
