import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { runBrowserBench } from './browser/paths.ts';
import { runRunsBench } from './browser/runs.ts';
import { runEditsBench } from './edits/edits.bench.ts';
import { runExportBench } from './export/export.bench.ts';
import { likenessTable } from './health/likeness.ts';
import { runProxyBench } from './proxy/proxy.bench.ts';
import { runRunnerBench } from './runner/runner.bench.ts';
import { clicksTable } from './segmentation/clicks.ts';
import { runPathsBench } from './segmentation/encode.ts';
import { formatTable } from './table.ts';

/** What the figures were measured on: without it they mean nothing. */
function conditions(before: readonly number[]): string {
  const load = [before[0], loadavg()[0]].map((value) => value.toFixed(1)).join(' → ');
  const [cpu] = cpus();
  return [
    `- ${cpu?.model ?? arch()} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
    `- Node ${process.versions.node}, V8 ${process.versions.v8}`,
    `- load average over the run: ${load} (other work on the machine makes times longer; ratios of jobs that take turns suffer less)`,
  ].join('\n');
}

const PARTS: Readonly<Record<string, () => Promise<string>>> = {
  browser: async () => formatTable(await runBrowserBench()),
  runs: async () => formatTable(await runRunsBench()),
  node: async () => formatTable(await runPathsBench()),
  edits: async () => formatTable(await runEditsBench()),
  export: runExportBench,
  runner: async () => formatTable(await runRunnerBench()),
  proxy: runProxyBench,
};

/**
 * Measures everything that has a bar and writes bench/RESULTS.md:
 * `npm run bench` or, with photos that have ground truth, `npm run bench -- FOLDER`.
 * `npm run bench -- edits export` measures these parts only and prints them.
 */
export async function main(given: readonly string[]): Promise<void> {
  const isPart = (name: string) => name in PARTS || name === 'health';
  const chosen = given.filter(isPart);
  const [folder] = given.filter((name) => !isPart(name));
  const before = loadavg();
  const parts: string[] = [];
  for (const [name, run] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(name)) parts.push(await run());
  }
  if (folder) parts.push(await clicksTable(folder));
  if (chosen.length === 0 || chosen.includes('health')) parts.push(await likenessTable(folder));
  const text = [
    '# Measured',
    '',
    'Written by `npm run bench`. Ratios side by side in one run; times only show their scale.',
    '',
    conditions(before),
    '',
    ...parts,
  ].join('\n');
  if (chosen.length === 0) writeFileSync(resolve(import.meta.dirname, 'RESULTS.md'), text);
  console.log(text);
}
