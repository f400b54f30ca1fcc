import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { budgetFor } from '../core/run/budget.ts';
import { sha256Hex } from '../files/hash.ts';
import { makeFolder, readBytes } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { type Kept, type Life, live, readDisk } from './run-life.ts';
import { addRunProject } from './run-project.ts';

/** `MASKWRIGHT_KILLS=50` for the whole test; a few keep it in every run of the suite. */
const KILLS = Number(process.env.MASKWRIGHT_KILLS ?? 5);
/** Enough that no run ends before its last kill. */
const PHOTOS = Math.min(150, 15 + 4 * KILLS);
/** Storage calls of some five items, with two in hand. */
const SPAN = 40;

/** The same points in every run (mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
function seededPoints(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % SPAN;
  });
}

let folder: string;
let context: BrowserContext;

test.beforeAll(async ({ browser }) => {
  folder = await makeFolder();
  // A service worker would answer before the routes that keep the engine away.
  context = await browser.newContext({ serviceWorkers: 'block' });
});
test.afterAll(async () => {
  await context.close();
  await rm(folder, { recursive: true });
});

async function zipHash(page: Page, name: string): Promise<string> {
  return sha256Hex(await readBytes(await resultsOn(page).downloadZip(join(folder, name))));
}

/** Opens the app again. The run goes on by itself, unless its plan was lost or it was killed too often. */
async function goOn({ page }: Life, before: Kept): Promise<void> {
  await page.goto('./#/variants');
  if (before.phase !== 'planned' && before.phase !== 'running') {
    await resultsOn(page).generate();
    return;
  }
  const resume = page.getByRole('button', { name: 'Resume', exact: true });
  await resume.or(resultsOn(page).progress).waitFor({ timeout: 60_000 });
  if (await resume.isVisible()) await resume.click();
}

/** The same for a page that is killed on the way, sooner or later. */
async function goOnUntilKilled(life: Life, before: Kept): Promise<void> {
  const going = goOn(life, before).then(
    () => life.killed,
    // Whatever was being waited for when the page was killed.
    (error: unknown) =>
      Promise.race([
        life.killed,
        new Promise<void>((_, fail) => {
          setTimeout(() => fail(error), 5000);
        }),
      ]),
  );
  await Promise.race([going, life.killed]);
}

test(`a page that is killed at ${KILLS} points of a run loses nothing that was acknowledged`, async () => {
  test.setTimeout(60_000 + KILLS * 20_000);
  const first = await live(context, null);
  await addRunProject(first.page, folder, PHOTOS, { width: 240, height: 160 });
  const results = resultsOn(first.page);
  await results.generate();
  await results.finishes(new RegExp(`^${PHOTOS} variants made\\.$`));
  const uninterrupted = await zipHash(first.page, 'uninterrupted.zip');
  const workers = await first.page.evaluate(() => ({
    cores: navigator.hardwareConcurrency,
    memory: ((navigator as { deviceMemory?: number }).deviceMemory ?? 4) * 1e9,
  }));
  const atOnce = budgetFor(workers).workers;
  await first.page.getByRole('button', { name: 'Delete results' }).click();
  await first.page.getByRole('dialog').getByRole('button', { name: 'Delete results' }).click();
  // The cards are hidden as soon as the dialog is open; the count is told once the disk is done.
  // From its beginning: “150 of 150” ends like “0 of 150”.
  await expect(first.page.getByText(new RegExp(`^0 of ${PHOTOS} variants made`))).toBeVisible();
  await first.page.close();

  const acknowledged = new Set<string>();
  let redone = 0;
  let kills = 0;
  for (const point of seededPoints(KILLS, 5)) {
    const before = await readDisk(context);
    const life = await live(context, point);
    await goOnUntilKilled(life, before);
    kills++;
    await life.page.close();

    const disk = await readDisk(context);
    for (const key of life.acknowledged) acknowledged.add(key);
    const kept = new Set(disk.photos);
    expect(disk.torn).toEqual([]);
    expect(disk.keys).toEqual(expect.arrayContaining([...acknowledged]));
    expect(before.photos.filter((photo) => !kept.has(photo))).toEqual([]);
    // What was on the disk is not made again; what was in hand is at most one for each worker.
    expect(life.given.filter((photo) => before.photos.includes(photo))).toEqual([]);
    const lost = life.given.filter((photo) => !kept.has(photo)).length;
    expect(lost).toBeLessThanOrEqual(atOnce);
    redone += lost;
    expect(kept.size).toBeLessThan(PHOTOS);
  }

  const last = await live(context, null);
  await goOn(last, await readDisk(context));
  await expect(last.page.getByText(`${PHOTOS} of ${PHOTOS} variants made`)).toBeVisible({
    timeout: 120_000,
  });
  await expect(last.page.getByRole('button', { name: 'Download ZIP' })).toBeEnabled();
  expect(await zipHash(last.page, 'interrupted.zip')).toBe(uninterrupted);
  test.info().annotations.push({
    type: 'measured',
    description: `${kills} kills, ${acknowledged.size} acknowledged and none lost, ${redone} items made again with ${atOnce} workers`,
  });
});
