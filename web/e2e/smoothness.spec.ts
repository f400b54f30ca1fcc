import { expect, test } from '@playwright/test';
import { mainThreadTasks } from './main-thread.ts';
import { sample, sizeOf } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

/** Milliseconds; what the eye begins to notice. */
const LIMIT = 50;

test('during a run no task holds the main thread for more than 50 ms', async ({
  page,
  browser,
}) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  await workshop.open();
  const files = ['pig.jpg', 'moose.jpg', 'hedgehog.jpg', 'sheep.jpg'].map(sample);
  await workshop.addFiles(files);
  await workshop.seesPhotos(files.length);
  const size = await sizeOf(files[0]);
  await workshop.openPhoto('pig.jpg');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  await template.seesMask();
  await template.saveAs('pig', 'animal');
  await template.setEdit('Hue', '60');

  // What is measured has to see a task that is too long. Work is counted, not time: a loop that
  // watches the clock may spend most of it waiting for a core.
  const planted = await mainThreadTasks(browser, page, async () => {
    await page.evaluate((additions) => {
      let sum = 0;
      for (let i = 0; i < additions; i++) sum += Math.sqrt(i);
      return sum;
    }, 2e8);
  });
  expect(Math.max(...planted.map(({ cpu }) => cpu))).toBeGreaterThan(LIMIT);

  // Opening the place is navigation; what counts is the run: encoding, edits, cards coming in.
  await workshop.goTo('Variants');
  const tasks = await mainThreadTasks(browser, page, async () => {
    await results.generate();
    await results.finishes(new RegExp(`^${files.length} variants made\\.$`));
  });
  const longest = (clock: 'wall' | 'cpu') => Math.max(...tasks.map((task) => task[clock]));
  test.info().annotations.push({
    type: 'measured',
    description:
      `${tasks.length} tasks, the longest worked ${longest('cpu').toFixed(0)} ms ` +
      `(${longest('wall').toFixed(0)} ms by the wall clock)`,
  });
  expect(longest('cpu')).toBeLessThanOrEqual(LIMIT);
});
