import { expect, type Page } from '@playwright/test';

type Step = 'Photos' | 'Templates' | 'Variants';

/** Long enough for the model's first start and a first encode on a busy machine. */
export const FIRST_MASK = 120_000;
/** Long enough for a handful of photos, encoding included. */
export const WHOLE_RUN = 150_000;

export type WorkshopPage = ReturnType<typeof workshopOn>;

/** The Workshop as its user sees it: places to go, photos to bring in, messages to read. */
export function workshopOn(page: Page) {
  const steps = page.getByRole('navigation', { name: 'Steps' });
  const areas = page.getByRole('navigation', { name: 'Areas' });
  const photos = page.getByRole('list', { name: 'Photos' });
  const refused = page.getByRole('region', { name: 'Files that were not added' });

  async function choose(button: string, files: string | readonly string[]): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: button }).first().click();
    await (await chooser).setFiles(typeof files === 'string' ? files : [...files]);
  }

  return {
    page,
    photos,
    refused,
    steps,

    async open() {
      await page.goto('./');
      await expect(steps).toBeVisible();
    },
    async goTo(step: Step) {
      await steps.getByRole('link', { name: step }).click();
      await expect(steps.getByRole('link', { name: step })).toHaveAttribute('aria-current', 'step');
    },
    async goToDevice() {
      await areas.getByRole('link', { name: 'Device' }).click();
      await expect(page.getByRole('heading', { name: 'Device', exact: true })).toBeVisible();
    },
    async goToWorkshop() {
      await areas.getByRole('link', { name: 'Workshop' }).click();
      await expect(steps).toBeVisible();
    },

    addFiles: (paths: readonly string[]) => choose('Add photos…', paths),
    addFolder: (path: string) => choose('Add a folder…', path),
    async addSamples() {
      await page.getByRole('button', { name: 'Try with sample photos' }).click();
    },
    async openPhoto(name: string) {
      await page.getByRole('button', { name: `Open ${name}` }).click();
      await expect(page.getByRole('application', { name: `Photo ${name}` })).toBeVisible();
    },
    photo: (name: string) => photos.getByRole('listitem').filter({ hasText: name }),

    async seesPhotos(count: number) {
      await expect(photos.getByRole('listitem')).toHaveCount(count, { timeout: 60_000 });
      await expect(page.getByRole('progressbar', { name: 'Reading files' })).toBeHidden();
    },
    /** A message at the foot of the screen, or wherever something is announced. */
    async reads(text: string | RegExp, timeout?: number) {
      const message = page.getByRole('status').getByText(text).first();
      await expect(message).toBeVisible(timeout === undefined ? {} : { timeout });
    },
    async modelIsReady() {
      const status = page.getByRole('link', { name: /^(Ready|Preparing)/ });
      await expect(status).toBeVisible({ timeout: FIRST_MASK });
    },
    async everyPhotoIsPrepared() {
      await expect(page.getByRole('link', { name: 'Ready' })).toBeVisible({ timeout: WHOLE_RUN });
    },
  };
}
