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
          ...(process.env.SCHEDULES && { SCHEDULES: process.env.SCHEDULES }),
        },
      },
    })),
  ],
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: ['./src/testing/canaries.ts'],
    globalSetup: './src/testing/setup.node.ts',
    // One set of doubles serves every file.
    fileParallelism: false,
    silent: 'passed-only',
    testTimeout: 30_000,
  },
});
