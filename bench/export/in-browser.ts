import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/browsers.ts';
import { isolationHeaders } from '../../scripts/headers.ts';
import { medianOf } from '../table.ts';
import { type MemoryRow, rendererBytes, watch } from './memory.ts';
import type { ExportPage } from './page.ts';

const project = resolve(import.meta.dirname, '../..');
const REBUILDS = 9;

/** A dataset of one size in a real browser. */
export interface BrowserFigures {
  readonly version: string;
  readonly imageBytes: number;
  readonly memory: readonly MemoryRow[];
  /** Milliseconds: the first archive, and the median after one result changed each time. */
  readonly full: number;
  readonly again: number;
}

/** Results that the dataset has, and bytes of each picture. */
interface Dataset {
  readonly count: number;
  readonly imageBytes: number;
}

/** Fills a fresh profile with a dataset and writes archives through the app's worker. */
export async function measureInBrowser(dataset: Dataset): Promise<BrowserFigures> {
  const { count, imageBytes } = dataset;
  const server = await createServer({
    configFile: false,
    root: project,
    publicDir: false,
    cacheDir: resolve(project, 'node_modules/.vite-bench-export'),
    logLevel: 'error',
    worker: { format: 'es' },
    optimizeDeps: { entries: ['bench/export/index.html'] },
    // Nothing may reload the page while it is measured.
    server: { headers: { ...isolationHeaders }, port: 0, watch: null, hmr: false },
  });
  await server.listen();
  const launched = await chromium.launchServer(chromiumLaunchOptions(existsSync));
  const pid = launched.process().pid ?? 0;
  try {
    const browser = await chromium.connect(launched.wsEndpoint());
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}bench/export/index.html`);
    await page.waitForFunction(() => 'page' in globalThis);
    const onPage = <Name extends keyof ExportPage>(
      name: Name,
      ...details: Parameters<ExportPage[Name]>
    ): ReturnType<ExportPage[Name]> =>
      page.evaluate(`globalThis.page.${name}(...${JSON.stringify(details)})`) as ReturnType<
        ExportPage[Name]
      >;

    // Starts the worker before memory is looked at.
    await onPage('build', 'blob');
    await onPage('fill', count, imageBytes);
    const memory: MemoryRow[] = [];
    const measured = async (what: string, how: 'blob' | 'file') => {
      await page.requestGC();
      const held = watch(() => rendererBytes(pid));
      const { time, bytes } = await onPage('build', how);
      memory.push({ what, images: count, written: bytes, time, ...held.stop() });
      return time;
    };
    const full = await measured('Chromium, into a blob', 'blob');
    const times: number[] = [];
    for (let i = 0; i < REBUILDS; i += 1) {
      await onPage('change', Math.floor((count * i) / REBUILDS));
      times.push((await onPage('build', 'blob')).time);
    }
    await measured('Chromium, into a file', 'file');
    return { version: browser.version(), imageBytes, memory, full, again: medianOf(times) };
  } finally {
    await launched.close();
    await server.close();
  }
}
