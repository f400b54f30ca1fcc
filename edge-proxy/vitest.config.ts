import { cloudflareTest } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite-edge-proxy',
  plugins: [
    cloudflareTest(({ inject }) => ({
      main: './src/index.ts',
      wrangler: { configPath: './wrangler.jsonc' },
      miniflare: {
        bindings: {
          ...inject('bindings'),
          AUTH: 'off',
          BUDGET_USER_DAY_USD: '1000',
          BUDGET_USER_MONTH_USD: '1000',
          BUDGET_TOTAL_MONTH_USD: '1000',
          CALLS_USER_PER_MINUTE: '1000',
          CALLS_TOTAL_PER_HOUR: '5000',
          CALLS_ADDRESS_PER_DAY: '5000',
          ...(process.env.SCHEDULES && { SCHEDULES: process.env.SCHEDULES }),
        },
      },
    })),
  ],
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: './src/testing/setup.node.ts',
    // One set of doubles serves every file.
    fileParallelism: false,
    silent: 'passed-only',
    testTimeout: 30_000,
  },
});
