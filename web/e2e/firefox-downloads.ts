import { resolve } from 'node:path';

/**
 * Where Firefox puts downloads. Playwright 1.63 tells tests nothing of downloads that are not
 * navigations (WebDriver BiDi's `navigation: null`), so the test looks for the file itself.
 */
export const FIREFOX_DOWNLOADS = resolve(
  import.meta.dirname,
  '../../node_modules/.cache/playwright-firefox-downloads',
);
