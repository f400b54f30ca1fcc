import { rm } from 'node:fs/promises';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { fillDevice, freeDevice, makeFillable } from './device-faults.ts';
import { makeFolder } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { live } from './run-life.ts';
import { addRunProject } from './run-project.ts';

const PHOTOS = 16;
/** Large enough that a run outlives the opening of a second tab. */
const SIZE = { width: 1600, height: 1200 };

let folder: string;
let context: BrowserContext;

test.beforeEach(async ({ browser }) => {
  folder = await makeFolder();
  context = await browser.newContext({ serviceWorkers: 'block' });
});
test.afterEach(async () => {
  await context.close();
  await rm(folder, { recursive: true });
});

const sees = (page: Page, text: string | RegExp) =>
  expect(page.getByText(text).first()).toBeVisible({ timeout: 60_000 });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('a second tab watches, pauses, and takes over when the first is killed', async () => {
  const first = await live(context, null);
  await addRunProject(first.page, folder, PHOTOS, SIZE);
  await resultsOn(first.page).generate();
  await expect(resultsOn(first.page).made.first()).toBeVisible({ timeout: 60_000 });

  const second = await live(context, null);
  await second.page.goto('./#/variants');
  await sees(second.page, 'Another tab is generating');
  await press(second.page, 'Pause');
  await sees(first.page, /^\d+ of 16 variants made\. The run is paused\.$/);
  await sees(second.page, /^\d+ of 16 variants made\. The run is paused\.$/);

  await press(first.page, 'Resume');
  await sees(second.page, 'Another tab is generating');
  await first.kill();
  await sees(second.page, `${PHOTOS} of ${PHOTOS} variants made`);
  await expect(resultsOn(second.page).made).toHaveCount(PHOTOS);
  expect(second.given.length).toBeGreaterThan(0);
  expect(second.given.length).toBeLessThan(PHOTOS);
});

test('a device that is full stops the run with a next step, and it goes on once there is room', async () => {
  const { page } = await live(context, null);
  const results = resultsOn(page);
  await makeFillable(page);
  await addRunProject(page, folder, PHOTOS, SIZE);
  await results.generate();
  await expect(results.made.first()).toBeVisible({ timeout: 60_000 });
  await fillDevice(page);
  const run = page.getByRole('region', { name: 'Unfinished run' });
  await expect(run).toContainText(/Stopped at photo-\d+\.png: This device has no room left/);
  await expect(run).toContainText('Then resume: what was made so far is kept.');
  const kept = await results.made.count();
  expect(kept).toBeGreaterThan(0);

  await freeDevice(page);
  await press(page, 'Resume');
  await results.finishes(new RegExp(`^${PHOTOS} variants made\\.$`));
  await expect(results.made).toHaveCount(PHOTOS);
});
