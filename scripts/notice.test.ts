import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const notice = read('NOTICE');

/** What only tests, tools or the build import is not shipped. */
const SHIPPED = ['web', 'edge-proxy/src', 'cli'];
const NOT_SHIPPED = /\.test\.ts$|\/testing\/|\/e2e\//;

/** The packages that the product's own code imports. */
function importedPackages(): ReadonlySet<string> {
  const files = SHIPPED.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !NOT_SHIPPED.test(file)).map(read);
  return new Set(sources.flatMap((source) => packagesIn(source)));
}

function packagesIn(source: string): string[] {
  return [...source.matchAll(/^(?:import |.* from )'([^'.][^']*)'/gm)]
    .map(([, name]) => name)
    .filter((name) => !/^(?:node|virtual|cloudflare):/.test(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

it('NOTICE names every library that the app, the proxy or the runner ships, in the version that is used', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Readonly<Record<string, string>>
  >;
  const versions = { ...devDependencies, ...dependencies };
  const shipped = new Set([...Object.keys(dependencies), ...importedPackages()]);
  const libraries = [...shipped].map((name) => `${name} ${versions[name]}`);
  expect(libraries.length).toBeGreaterThan(15);
  expect(libraries.filter((library) => !notice.includes(library))).toEqual([]);
});

it('NOTICE names the package of every model and every sample photo', () => {
  const { models } = JSON.parse(read('models/manifest.json')) as {
    models: readonly { source: { package: string; version: string } }[];
  };
  const packages = models.map(({ source }) => `${source.package} ${source.version}`);
  const photos = read('public/samples/ATTRIBUTION.md').match(/(?<=^\| `)\w+\.jpg/gm) ?? [];
  expect(photos).toHaveLength(8);
  expect([...packages, ...photos].filter((name) => !notice.includes(name))).toEqual([]);
});

it('LICENSE is the Apache License 2.0, whole', () => {
  const licence = read('LICENSE');
  expect(licence).toContain('Version 2.0, January 2004');
  expect(licence).toContain('APPENDIX: How to apply the Apache License to your work.');
});
