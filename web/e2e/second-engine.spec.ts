import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findFirefox } from '../../scripts/browsers.ts';
import { openArchive } from './archive.ts';
import { expectSameInNode, expectTrueToItsSources } from './archive-checks.ts';
import { FIREFOX_DOWNLOADS } from './firefox-downloads.ts';
import { sample, sizeOf } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

test.skip(
  findFirefox(existsSync) === null,
  'no Firefox ESR on this machine (Debian: apt install firefox-esr)',
);

test('photos, template, edits, variants and ZIP on two photos in a second engine', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  const sources = [sample('pig.jpg'), sample('moose.jpg')];
  const size = await sizeOf(sources[0]);

  await workshop.open();
  await expect(
    page.getByRole('heading', { name: 'Make a dataset from your photos' }),
  ).toBeVisible();
  await workshop.addFiles(sources);
  await workshop.seesPhotos(2);
  await workshop.openPhoto('pig.jpg');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  const first = await template.seesMask();
  await template.rightClick({ x: size.width * 0.05, y: size.height * 0.05 }, size);
  await expect(template.clicks('exclude')).toHaveCount(1);
  await template.press('Undo');
  await template.seesMaskAgain(first);
  await template.saveAs('pig', 'animal');
  await template.setEdit('Hue', '60');
  await expect(page.getByRole('slider', { name: 'Before and after' })).toBeVisible();

  await results.generate();
  await results.finishes(/^2 variants made\.$/);
  await expect(results.made).toHaveCount(2);

  await rm(FIREFOX_DOWNLOADS, { recursive: true, force: true });
  await mkdir(FIREFOX_DOWNLOADS, { recursive: true });
  await page.getByRole('button', { name: 'Download ZIP' }).click();
  await workshop.reads(/handed to your downloads\.$/);
  await expect(async () => {
    const archive = await openArchive(join(FIREFOX_DOWNLOADS, 'maskwright-dataset.zip'));
    await expectTrueToItsSources(archive, sources, { done: 2, failed: [] });
    await expectSameInNode(archive, sources);
  }).toPass({ timeout: 30_000 });
});
