import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunchOptions, findFirefox } from './scripts/browsers.ts';
import { FIREFOX_DOWNLOADS } from './web/e2e/firefox-downloads.ts';

/** An address already being served spares the build: `MASKWRIGHT_URL=http://localhost:4173`. */
const served = process.env.MASKWRIGHT_URL;
// A free port, so that neither a running app nor another checkout's tests are tested or in the
// way. Workers read this file too; they find the choice in the environment.
process.env.MASKWRIGHT_E2E_PORT ||= String(await freePort());
const port = process.env.MASKWRIGHT_E2E_PORT;
const firefox = findFirefox(existsSync);

export default defineConfig({
  testDir: 'web/e2e',
  outputDir: 'node_modules/.cache/playwright',
  // The model uses every core there is: tests beside each other would only slow each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['./web/e2e/remarks-reporter.ts']],
  // The first mask loads and starts the model; on a busy two-core machine that takes a while.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: served ?? `http://localhost:${port}`,
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    actionTimeout: 20_000,
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  ...(served
    ? {}
    : {
        webServer: {
          command: 'node scripts/run.mjs scripts/start.ts',
          env: { PORT: port },
          url: `http://localhost:${port}`,
          timeout: 240_000,
          reuseExistingServer: false,
        },
      }),
  projects: [
    {
      name: 'chromium',
      testIgnore: 'second-engine.spec.ts',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1280, height: 800 },
        launchOptions: chromiumLaunchOptions(existsSync),
      },
    },
    {
      name: 'firefox',
      testMatch: 'second-engine.spec.ts',
      // Firefox 153 sometimes never brought up the engine's threads (three of some thirty runs, all
      // before the service worker waited for the model). Should it happen again, the report says
      // “flaky”, which is to be looked into.
      retries: 1,
      use: {
        browserName: 'firefox',
        ...(firefox
          ? {
              channel: 'moz-firefox',
              launchOptions: { executablePath: firefox, downloadsPath: FIREFOX_DOWNLOADS },
            }
          : {}),
      },
    },
  ],
});

function freePort(): Promise<number> {
  return new Promise((answer, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address
          ? answer(address.port)
          : failed(new Error('no port')),
      );
    });
  });
}
