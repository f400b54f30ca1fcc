import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { sample, sizeOf } from './photo-files.ts';
import { resultsOn } from './results-page.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

/** Waits until a change of theme is drawn: half-way colours have contrasts of their own. */
async function coloursAreSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await frame();
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

/** What axe finds serious or worse, one line each: rule and the first element it is about. */
async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length} ×, ${nodes[0].html})`);
}

test('every place is free of serious accessibility violations, dark and light', async ({
  page,
}) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  const check = async (place: string) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await coloursAreSettled(page);
      expect.soft(await seriousViolations(page), `${place}, ${colorScheme}`).toEqual([]);
    }
  };
  const checkDialog = async (dialog: string) => {
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(dialog);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await workshop.open();
  await check('empty Photos');
  await workshop.goTo('Templates');
  await check('empty Templates');
  await workshop.goTo('Variants');
  await check('empty Variants');
  await workshop.goTo('Photos');
  await workshop.addFiles([sample('pig.jpg'), sample('moose.jpg'), import.meta.filename]);
  await workshop.seesPhotos(2);
  await check('Photos with a refused file');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await checkDialog('Keyboard shortcuts');

  const size = await sizeOf(sample('pig.jpg'));
  await workshop.openPhoto('pig.jpg');
  await template.clickObject({ x: size.width / 2, y: size.height / 2 }, size);
  await template.seesMask();
  await template.save();
  await check('Templates with a mask and an error');
  await template.saveAs('pig', 'animal');
  await template.setEdit('Hue', '60');
  await expect(page.getByRole('slider', { name: 'Before and after' })).toBeVisible();
  await check('Templates with a result');
  await template.press('Vary hue');
  await template.press('Preview all');
  await checkDialog('the preview of ranges');
  await template.press('Undo');
  await template.press('Presets');
  await checkDialog('Presets');
  await workshop.goTo('Photos');
  await template.press('Save project…');
  await checkDialog('Save project');
  await workshop.goTo('Variants');
  await results.generate();
  await results.finishes(/^2 variants made\.$/);
  await check('Variants');
  await template.press('Export options…');
  await checkDialog('Export options');
  await results.made.first().click();
  await checkDialog('a variant');
  await workshop.goToDevice();
  await check('Device');
});

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target}.`);
}

test('from photos to ZIP with the keyboard alone', async ({ page }) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  const results = resultsOn(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await workshop.open();
  await tabTo(page, page.getByRole('link', { name: 'Skip to content' }));
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, button('Add photos…'));
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([sample('pig.jpg')]);
  await workshop.seesPhotos(1);
  await tabTo(page, button('Open pig.jpg'));
  await page.keyboard.press('Enter');
  await expect(template.canvas).toBeVisible();

  await tabTo(page, template.inspector.getByLabel('Name', { exact: true }));
  await page.keyboard.type('middle');
  await tabTo(page, template.inspector.getByLabel('Class', { exact: true }));
  await page.keyboard.type('animal');
  await tabTo(page, template.inspector.getByLabel('On other photos'));
  await page.keyboard.type('Object');
  await tabTo(page, button('Save template'));
  await page.keyboard.press('Enter');
  await workshop.reads('Template “middle” saved.');
  await tabTo(page, template.slider('Brightness'));
  await page.keyboard.press('ArrowRight');
  await expect(template.number('Brightness')).not.toHaveValue('0');

  await page.keyboard.press('Control+Enter');
  await results.finishes(/^1 variant made\.$/);
  await tabTo(page, button('Download ZIP'));
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('maskwright-dataset.zip');
});

test('on a tablet a tap makes a mask and it is saved', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 820, height: 1180 },
    hasTouch: true,
  });
  const page = await context.newPage();
  const workshop = workshopOn(page);
  const template = templateOn(page);
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg')]);
  await workshop.seesPhotos(1);
  const size = await sizeOf(sample('pig.jpg'));
  await page.getByRole('button', { name: 'Open pig.jpg' }).tap();
  await template.tapObject({ x: size.width / 2, y: size.height / 2 }, size);
  await template.seesMask();
  await expect(template.clicks('include')).toHaveCount(1);
  await page.getByRole('button', { name: 'Clicks exclude' }).tap();
  await template.tapObject({ x: size.width * 0.05, y: size.height * 0.95 }, size);
  await expect(template.clicks('exclude')).toHaveCount(1);
  await template.name('tapped pig', 'animal');
  await page.getByRole('button', { name: 'Save template' }).tap();
  await workshop.reads('Template “tapped pig” saved.');
  expect(await seriousViolations(page)).toEqual([]);
  await context.close();
});

test('an object is clicked by keyboard alone', async ({ page }) => {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  await workshop.open();
  await workshop.addFiles([sample('pig.jpg')]);
  await workshop.openPhoto('pig.jpg');
  await page.keyboard.press('a');
  const cross = page.getByTestId('keyboard-aim');
  await expect(cross).toBeAttached();
  const before = await cross.boundingBox();
  await page.keyboard.press('ArrowRight');
  const after = await cross.boundingBox();
  expect(after && before && after.x - before.x).toBeCloseTo(16, 1);
  await page.keyboard.press('Enter');
  await template.seesMask();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('button', { name: /Remove exclude click/ })).toBeVisible();
});
