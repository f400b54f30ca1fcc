import { expect, type Page } from '@playwright/test';
import { WHOLE_RUN } from './workshop-page.ts';

/** Looking the dataset over before it is exported. */
export function healthOn(page: Page) {
  const section = (name: string | RegExp) => page.getByRole('region', { name });
  return {
    section,
    heading: page.getByRole('heading', { name: 'Check the dataset' }),
    async open() {
      await page.keyboard.press('h');
      await expect(this.heading).toBeVisible();
    },
    /** Waits until every photo has been prepared and compared. */
    async hasCompared(photos: number) {
      await expect(page.getByText(`and ${photos} photos checked`)).toBeVisible({
        timeout: WHOLE_RUN,
      });
      await expect(page.getByRole('progressbar', { name: 'Checking the dataset' })).toBeHidden();
    },
    pictures: (of: string | RegExp) => section(of).getByRole('button', { name: /^Open .*\.jpg/ }),
  };
}
