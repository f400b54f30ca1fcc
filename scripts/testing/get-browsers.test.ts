import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getBrowsers, type Machine } from './get-browsers.ts';

const paths = { chromium: '/usr/bin/chromium', 'firefox-esr': '/usr/bin/firefox-esr' };
type Package = keyof typeof paths;

/** A machine with `installed` packages, on which `installable` ones can be installed. */
function machineWith({
  installed = [],
  installable = [],
  download = false,
}: {
  installed?: readonly Package[];
  installable?: readonly Package[];
  download?: boolean;
}) {
  const files = new Set(installed.map((name) => paths[name]));
  const said: string[] = [];
  const asked: string[] = [];
  const machine: Machine = {
    exists: (path) => files.has(path),
    installPackage: (name) => {
      asked.push(name);
      const known = installable.find((candidate) => candidate === name);
      if (known) files.add(paths[known]);
      return known !== undefined;
    },
    downloadChromium: () => {
      asked.push('download');
      return download;
    },
    say: (line) => said.push(line),
  };
  return { browsers: getBrowsers(machine), said: said.join('\n'), asked };
}

describe('the browsers of the tests', () => {
  beforeEach(() => {
    vi.stubEnv('MASKWRIGHT_CHROMIUM', undefined);
    vi.stubEnv('MASKWRIGHT_FIREFOX', undefined);
    return () => vi.unstubAllEnvs();
  });

  it('are the installed ones, and nothing is installed', () => {
    const { browsers, said, asked } = machineWith({ installed: ['chromium', 'firefox-esr'] });
    expect(browsers).toEqual({ chromium: true });
    expect(asked).toEqual([]);
    expect(said).toContain('Browser: /usr/bin/chromium, found');
    expect(said).toContain('Second engine: /usr/bin/firefox-esr');
  });

  it("come from the distribution when missing, before Playwright's", () => {
    const { browsers, said, asked } = machineWith({
      installable: ['chromium', 'firefox-esr'],
      download: true,
    });
    expect(browsers).toEqual({ chromium: true });
    expect(asked).toEqual(['chromium', 'firefox-esr']);
    expect(said).toContain('installed just now');
  });

  it("are Playwright's where nothing can be installed, and a missing second one is said", () => {
    const { browsers, said, asked } = machineWith({ download: true });
    expect(browsers).toEqual({ chromium: true });
    expect(asked).toEqual(['chromium', 'download', 'firefox-esr']);
    expect(said).toContain("Playwright's own");
    expect(said).toContain('SKIPPED');
  });

  it('may all be missing, with the way out', () => {
    const { browsers, said } = machineWith({});
    expect(browsers).toEqual({ chromium: false });
    expect(said).toContain('MASKWRIGHT_CHROMIUM=PATH npm test');
  });

  it('may be named', () => {
    vi.stubEnv('MASKWRIGHT_CHROMIUM', '/opt/a-browser');
    const { said, asked } = machineWith({ installed: ['firefox-esr'] });
    expect(said).toContain('Browser: /opt/a-browser, ');
    expect(asked).toEqual([]);
  });
});
