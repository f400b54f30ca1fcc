/** Where Chromium and Chrome are installed by the usual packages. */
const CHROMIUM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FIREFOX_PATHS = ['/usr/bin/firefox-esr'];

/** Without these a headless browser tries to phone home at every start. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** An installed Chromium or Chrome, or null. `MASKWRIGHT_CHROMIUM` names one elsewhere. */
export function findChromium(exists: (path: string) => boolean): string | null {
  const named = process.env.MASKWRIGHT_CHROMIUM;
  if (named) return named;
  return CHROMIUM_PATHS.find(exists) ?? null;
}

/** An installed Firefox ESR, or null. `MASKWRIGHT_FIREFOX` names one elsewhere. */
export function findFirefox(exists: (path: string) => boolean): string | null {
  return process.env.MASKWRIGHT_FIREFOX ?? FIREFOX_PATHS.find(exists) ?? null;
}

/** Launch options for Playwright: the installed browser, else Playwright's own download. */
export function chromiumLaunchOptions(exists: (path: string) => boolean): {
  args: string[];
  executablePath?: string;
} {
  const executablePath = findChromium(exists);
  return executablePath
    ? { args: CHROMIUM_ARGUMENTS, executablePath }
    : { args: CHROMIUM_ARGUMENTS };
}
