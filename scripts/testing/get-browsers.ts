import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findChromium, findFirefox } from '../browsers.ts';

const root = resolve(import.meta.dirname, '../..');

/** Says which browsers the tests use, and gets the ones that are missing where that is possible. */
export interface Browsers {
  /** False when there is no Chromium and none could be had. */
  readonly chromium: boolean;
}

/** The machine as this module needs it, so that a test can play any machine. */
export interface Machine {
  exists(path: string): boolean;
  /** Installs packages of the distribution; false where that is not possible or failed. */
  installPackage(name: string): boolean;
  /** Fetches the browser that Playwright was made for; false when that failed. */
  downloadChromium(): boolean;
  say(line: string): void;
}

/**
 * The first engine is an installed Chromium or Chrome, else the distribution's, else Playwright's
 * own. The second, Firefox ESR, is used when it is there or can be installed; without it its
 * tests are skipped, and this says so.
 */
export function getBrowsers(machine: Machine): Browsers {
  const { exists, say } = machine;
  const chromium = getChromium(machine);
  const installed = findFirefox(exists);
  if (installed) say(`Second engine: ${installed}.`);
  else if (machine.installPackage('firefox-esr') && findFirefox(exists)) {
    say(`Second engine: ${findFirefox(exists)}, installed just now.`);
  } else {
    say('SKIPPED: the tests in a second engine. Firefox ESR is missing and could not be');
    say('installed; MASKWRIGHT_FIREFOX=PATH names one elsewhere.');
  }
  return { chromium };
}

function getChromium(machine: Machine): boolean {
  const { exists, say } = machine;
  const installed = findChromium(exists);
  if (installed) {
    say(`Browser: ${installed}, found on this machine.`);
    return true;
  }
  if (machine.installPackage('chromium') && findChromium(exists)) {
    say(`Browser: ${findChromium(exists)}, Debian's package, installed just now.`);
    return true;
  }
  if (machine.downloadChromium()) {
    say("Browser: Playwright's own Chromium.");
    return true;
  }
  say('No browser: none is installed, and neither Debian nor Playwright gave one. Install');
  say('Chromium or Chrome, or name one: MASKWRIGHT_CHROMIUM=PATH npm test');
  return false;
}

/** This machine. */
export const thisMachine: Machine = {
  exists: existsSync,
  installPackage: (name) => {
    const apt = aptGet();
    if (!apt) return false;
    // The lists of a fresh machine are empty, so the first attempt is with new ones.
    return run([...apt, 'update', '-qq']) && run([...apt, 'install', '-y', '-qq', name]);
  },
  downloadChromium: () => {
    const playwright = join(root, 'node_modules/@playwright/test/cli.js');
    return run([process.execPath, playwright, 'install', 'chromium']);
  },
  say: console.log,
};

/**
 * The words that call apt-get with the right to install, or null. On Debian only: Ubuntu's
 * package of the name is a stub for another package manager.
 */
function aptGet(): readonly string[] | null {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return null;
  if (!/^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  const mayInstall = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return mayInstall ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'] : null;
}

/** Runs a command without input; its output goes to standard error. */
function run([command, ...options]: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, options, { env, stdio: ['ignore', 2, 2] }).status === 0;
}
