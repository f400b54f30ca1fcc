import { expect, type Page } from '@playwright/test';
import { WHOLE_RUN } from './workshop-page.ts';

export type ResultsPage = ReturnType<typeof resultsOn>;

/** Generating, looking through what was made, and taking it home. */
export function resultsOn(page: Page) {
  const cards = page.getByRole('list', { name: 'Variants' }).getByRole('listitem');
  return {
    cards,
    made: page.getByRole('button', { name: /^Compare / }),
    failures: cards.filter({ has: page.locator('p', { hasText: /could not|failed|Nothing/ }) }),
    progress: page.getByRole('progressbar', { name: 'Generating variants' }),

    generate: () => page.getByRole('button', { name: 'Generate', exact: true }).click(),
    cancel: () => page.getByRole('button', { name: 'Cancel generating' }).click(),
    async finishes(message: RegExp) {
      const notice = page.getByRole('status').getByText(message).first();
      await expect(notice).toBeVisible({ timeout: WHOLE_RUN });
    },
    /** The path of the downloaded archive. */
    async downloadZip(to: string): Promise<string> {
      const download = page.waitForEvent('download', { timeout: 60_000 });
      await page.getByRole('button', { name: 'Download ZIP' }).click();
      await (await download).saveAs(to);
      return to;
    },
  };
}
