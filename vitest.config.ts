import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { models } from './models/vite-plugin.ts';
import { chromiumLaunchOptions } from './scripts/browsers.ts';
import { isolationHeaders } from './scripts/headers.ts';

const chromium = chromiumLaunchOptions(existsSync);

/**
 * `*.test.ts` runs in Node, `*.browser.test.ts` in Chromium. The proxy's tests run in workerd and
 * have a configuration of their own: edge-proxy/vitest.config.ts.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            '{web,cli,models,bench,scripts}/**/*.test.ts',
            'edge-proxy/{doubles,local}/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.ts', 'web/e2e/**', '**/node_modules/**'],
          testTimeout: 60_000,
          // The native engine reports to its maker unless told not to.
          env: { ORT_DISABLE_TELEMETRY: '1' },
        },
      },
      {
        extends: true,
        plugins: [models()],
        server: { headers: { ...isolationHeaders } },
        test: {
          name: 'browser',
          include: ['web/**/*.browser.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
