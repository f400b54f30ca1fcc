import { expect, type Page } from '@playwright/test';
import { WHOLE_RUN } from './workshop-page.ts';

export type ResultsPage = ReturnType<typeof resultsOn>;

/** Generating, looking through what was made, and taking it home. */
export function resultsOn(page: Page) {
  const cards = page.getByRole('list', { name: 'Variants' }).getByRole('listitem');
  const generate = page.getByRole('button', { name: 'Generate', exact: true });
  return {
    cards,
    made: page.getByRole('button', { name: /^Compare / }),
    progress: page.getByRole('progressbar', { name: 'Generating variants' }),

    generate: () => generate.click(),
    cancel: () => page.getByRole('button', { name: 'Cancel generating' }).click(),
    /** Waits until the run is over, whatever came of it, and reads what it says. */
    async finishes(message: RegExp) {
      await expect(generate).toBeVisible({ timeout: WHOLE_RUN });
      await expect(page.getByRole('status').getByText(message).first()).toBeVisible();
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
