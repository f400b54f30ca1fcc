import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { openArchive } from './archive.ts';
import { makeFolder, readBytes, sample, sizeOf, writeInto } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

const runner = resolve(import.meta.dirname, '../../cli/bin.mjs');

/** Photographs under research terms where they are, else two that are shipped. */
const subject = resolve(import.meta.dirname, '../../../shared/data/subjects/monster_toy');
const photos = existsSync(subject)
  ? { names: ['00.jpg', '01.jpg'], pathOf: (name: string) => join(subject, name) }
  : { names: ['hedgehog.jpg', 'pig.jpg'], pathOf: sample };

/*
 * The same photos and the recipe of the browser's own ZIP, in Chromium and in Node on the same
 * WebAssembly: the two archives must be one, byte for byte.
 */
test('the headless runner repeats the browser’s ZIP byte for byte', async ({ page }) => {
  const folder = await makeFolder();
  try {
    const { names, pathOf } = photos;
    await mkdir(join(folder, 'photos'));
    for (const name of names) {
      await writeInto(folder, `photos/${name}`, await readBytes(pathOf(name)));
    }
    const workshop = workshopOn(page);
    const template = templateOn(page);
    const results = resultsOn(page);
    await workshop.open();
    await workshop.addFiles(names.map((name) => join(folder, 'photos', name)));
    await workshop.seesPhotos(names.length);
    await workshop.openPhoto(names[0]);
    const size = await sizeOf(pathOf(names[0]));
    await template.clickObject({ x: size.width * 0.5, y: size.height * 0.5 }, size);
    await template.seesMask();
    await template.rightClick({ x: size.width * 0.05, y: size.height * 0.05 }, size);
    await expect(template.clicks('exclude')).toHaveCount(1);
    await template.saveAs('animal, changed', 'animal');
    await template.setEdit('Hue', '60');
    await template.setEdit('Noise', '0.04');
    await results.generate();
    await results.finishes(/^2 variants made\.$/);
    const browsers = await results.downloadZip(join(folder, 'browser.zip'));
    const archive = await openArchive(browsers);
    await writeFile(join(folder, 'recipe.json'), await archive.text('recipe.json'));

    const nodes = join(folder, 'node.zip');
    await promisify(execFile)(process.execPath, [
      ...[runner, 'run', join(folder, 'recipe.json'), join(folder, 'photos')],
      ...['-o', nodes, '--exact', '--threads', '2'],
    ]);
    const other = await openArchive(nodes);
    expect(other.paths).toEqual(archive.paths);
    for (const path of archive.paths.filter((name) => /\.(json|txt|yaml|xml)$/.test(name))) {
      expect(await other.text(path), path).toBe(await archive.text(path));
    }
    for (const path of archive.paths) {
      const same = Buffer.compare(await other.bytes(path), await archive.bytes(path)) === 0;
      expect(same, `${basename(path)} has the same bytes`).toBe(true);
    }
    expect(Buffer.compare(await readBytes(nodes), await readBytes(browsers))).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
