import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getBrowsers, thisMachine } from './testing/get-browsers.ts';
import {
  sum,
  summary,
  type Tally,
  tallyOfPlaywright,
  tallyOfVitest,
  withExitCode,
} from './testing/tally.ts';

const root = resolve(import.meta.dirname, '..');

/** Wrangler asks for nothing, reports nothing and shows no banner. */
const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
};

/** `npm test`: every runner after the other, and one line with the sums. */
export async function main(): Promise<void> {
  const { chromium } = getBrowsers(thisMachine);
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-tests-'));
  try {
    const tallies = [
      await vitest(folder, 'app', chromium ? [] : ['--project', 'node']),
      await vitest(folder, 'proxy', ['--config', 'edge-proxy/vitest.config.ts']),
      chromium ? await playwright(folder) : { passed: 0, failed: 1, skipped: 0 },
    ];
    const total = sum(tallies);
    if (!chromium) console.log('The tests that need a browser could not run: counted as 1 failed.');
    console.log(`\n${summary(total)}`);
    if (total.failed > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function vitest(folder: string, name: string, options: readonly string[]): Promise<Tally> {
  const report = join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  console.log(`\n── vitest, ${name} ──`);
  const code = await run('vitest/vitest.mjs', ['run', ...reporters, ...options], {});
  return withExitCode(read(report, tallyOfVitest), code);
}

async function playwright(folder: string): Promise<Tally> {
  const report = join(folder, 'playwright.json');
  console.log('\n── playwright ──');
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return withExitCode(read(report, tallyOfPlaywright), code);
}

/** The tally of the report in `file`, or null when the runner wrote none. */
function read<Report>(file: string, tally: (report: Report) => Tally): Tally | null {
  try {
    return tally(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Runs a script of a package to its end; its exit code, or null when a signal ended it. */
function run(
  script: string,
  options: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | null> {
  return new Promise((done, failed) => {
    const file = join(root, 'node_modules', script);
    const child = spawn(process.execPath, [file, ...options], {
      cwd: root,
      env: { ...quiet, ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', failed);
    child.on('close', done);
  });
}
