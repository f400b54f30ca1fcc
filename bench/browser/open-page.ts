import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { models } from '../../models/vite-plugin.ts';
import { chromiumLaunchOptions } from '../../scripts/browsers.ts';
import { isolationHeaders } from '../../scripts/headers.ts';

const project = resolve(import.meta.dirname, '../..');

/**
 * Builds a page of this folder like the app, with the model, and opens it in a fresh Chromium.
 * @param name of the page without `.html`; it puts a function `measure` on the global object.
 */
export async function onBenchPage<Value>(
  name: string,
  work: (page: Page, version: string) => Promise<Value>,
): Promise<Value> {
  const outDir = resolve(project, '.cache/bench', name);
  const common = { configFile: false, root: project, logLevel: 'error' } as const;
  await build({
    ...common,
    publicDir: resolve(project, 'public'),
    worker: { format: 'es' },
    plugins: [models()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: resolve(import.meta.dirname, `${name}.html`) },
    },
  });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { headers: { ...isolationHeaders }, port: 0 },
  });
  // A profile on the disk: one in memory has little room.
  const profile = await mkdtemp(join(tmpdir(), 'maskwright-bench-'));
  const browser = await chromium.launchPersistentContext(
    profile,
    chromiumLaunchOptions(existsSync),
  );
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}bench/browser/${name}.html`);
    await page.waitForFunction(() => 'measure' in globalThis);
    return await work(page, browser.browser()?.version() ?? 'of unknown version');
  } finally {
    await browser.close();
    await rm(profile, { recursive: true });
    await server.close();
  }
}
